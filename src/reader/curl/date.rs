//! Dates of `--time-cond`, in the forms that curl's `lib/parsedate.c` takes: words and numbers in any
//! order, of which the first that can be a day, a month, a year or a time of day is one.

use jiff::civil::{Date, DateTime, Time};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The moment of a date in UTC; `None` where curl finds none, or for another zone's time.
pub(super) fn parse(text: &str) -> Option<DateTime> {
    let mut parts = Parts::default();
    let separates = |letter: char| letter.is_ascii_whitespace() || matches!(letter, ',' | '-');
    for word in text.split(separates).filter(|word| !word.is_empty()) {
        parts.word(&word.to_ascii_lowercase())?;
    }
    let date = Date::new(parts.year?, parts.month?, parts.day?).ok()?;
    Some(date.to_datetime(parts.time.unwrap_or(Time::midnight())))
}

#[derive(Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
}

impl Parts {
    /// Takes one word; `None` for one that is no part of a date.
    fn word(&mut self, word: &str) -> Option<()> {
        if word.starts_with(|letter: char| letter.is_ascii_digit()) {
            return self.number(word);
        }
        let start = word.get(..3).unwrap_or(word);
        if let Some(month) = MONTHS.iter().position(|month| *month == start) {
            self.month = i8::try_from(month + 1).ok();
        } else if !DAYS.contains(&start) && !["gmt", "utc", "z"].contains(&word) {
            return None;
        }
        Some(())
    }

    fn number(&mut self, word: &str) -> Option<()> {
        if word.contains(':') {
            let mut numbers = word.splitn(3, ':').map(str::parse);
            let mut next = || numbers.next().unwrap_or(Ok(0)).ok();
            self.time = Some(Time::new(next()?, next()?, next()?, 0).ok()?);
            return Some(());
        }
        let number: i32 = word.parse().ok()?;
        if word.len() == 8 && self.year.is_none() {
            self.year = i16::try_from(number / 10_000).ok();
            self.month = i8::try_from(number / 100 % 100).ok();
            self.day = i8::try_from(number % 100).ok();
        } else if self.day.is_none() && (1..=31).contains(&number) {
            self.day = i8::try_from(number).ok();
        } else if self.year.is_none() {
            // Two digits are of this century up to 70, as curl has it.
            let century = match number {
                0..=70 => 2000,
                71..=99 => 1900,
                _ => 0,
            };
            self.year = i16::try_from(number.saturating_add(century)).ok();
        } else {
            return None;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_the_dates_that_curl_reads() {
        for text in [
            "Wed, 01 Sep 2021 12:18:00 GMT",
            "Wed 01 Sep 2021 12:18:00",
            "1 sep 2021 12:18",
            "Sep 1 12:18 2021",
            "20210901 12:18:00",
            "01-Sep-21 12:18",
        ] {
            let moment = parse(text).map(|moment| moment.to_string());
            assert_eq!(moment.as_deref(), Some("2021-09-01T12:18:00"), "{text}");
        }
        assert_eq!(parse("1 Sep 2021").unwrap().to_string(), "2021-09-01T00:00:00");
    }

    #[test]
    fn leaves_alone_what_is_no_date() {
        for text in ["", "yesterday", "12:18", "32 Sep", "1 Sep 2021 12:99", "9999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
