# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_authctl_global_optspecs
    string join \n store= key-file= format= q/quiet y/yes no-input color= h/help V/version
end

function __fish_authctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_authctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_authctl_using_subcommand
    set -l cmd (__fish_authctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c authctl -n "__fish_authctl_needs_command" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_needs_command" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_needs_command" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_needs_command" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_needs_command" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_needs_command" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_needs_command" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_needs_command" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "completions" -d 'Print the completions of a shell'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "man" -d 'Write the manual pages into a folder'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c authctl -n "__fish_authctl_using_subcommand completions" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand completions" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand completions" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand completions" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand completions" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand completions" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand completions" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand completions" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand man" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand man" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand man" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand man" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand man" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand man" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand man" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand man" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand help; and not __fish_seen_subcommand_from completions man help" -f -a "completions" -d 'Print the completions of a shell'
complete -c authctl -n "__fish_authctl_using_subcommand help; and not __fish_seen_subcommand_from completions man help" -f -a "man" -d 'Write the manual pages into a folder'
complete -c authctl -n "__fish_authctl_using_subcommand help; and not __fish_seen_subcommand_from completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
