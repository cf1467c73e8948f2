//! What the tests of both systems' remedies share: requests judged, and printed commands run.

use serde_json::Value;

use crate::sandbox::Sandbox;

/// Judges requests for a system.
pub(crate) fn judge(sandbox: &Sandbox, system: &str, requests: &[Value]) -> Vec<Value> {
    let options = ["verify", "--system", system, "--input-format", "jsonl"];
    let options = options.iter().chain(&["--format", "jsonl", "--exit-zero", "-"]);
    let lines: Vec<String> = requests.iter().map(Value::to_string).collect();
    let output = sandbox.run_with(lines.join("\n"), options).success();
    let verdicts = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    verdicts.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The words of a printed command, as a shell reads them: single quotes are all that commands use.
pub(crate) fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (at, part) in command.split('\'').enumerate() {
        for (nth, piece) in part.split(|c| at % 2 == 0 && c == ' ').enumerate() {
            if nth > 0 {
                words.push(String::new());
            }
            words.last_mut().unwrap().push_str(piece);
        }
    }
    words
}

pub(crate) fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}
