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
complete -c authctl -n "__fish_authctl_needs_command" -f -a "init" -d 'Make the store and its key file'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "user" -d 'Manage CMS accounts'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "contact" -d 'Manage CiviCRM contacts'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "role" -d 'Manage roles'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "perm" -d 'Manage permissions of roles and accounts'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "key" -d 'Manage API keys'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "guard" -d 'Manage AuthX\'s guards'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "site-key" -d 'Manage CiviCRM\'s site key'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "flow" -d 'Manage what AuthX accepts in each flow'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "jwt" -d 'Manage JSON Web Tokens and the keys that sign them'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "app" -d 'Manage the applications of Drupal\'s module'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "resource" -d 'Manage REST resources of Drupal'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "setting" -d 'Manage facts about the site'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "apply" -d 'Bring the store to what a document says'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "diff" -d 'Tell what applying a document would change'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "dump" -d 'Write the store down as a document'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "audit" -d 'Read and check the audit log'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "verify" -d 'Judge requests as the site would'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "read" -d 'Print requests as they were understood, a JSON line each'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "test" -d 'Judge requests and compare the verdicts with those that are expected'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "check" -d 'Look the store and its key file over'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "backup" -d 'Copy the store while it is in use'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "restore" -d 'Put a copy of the store back'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "tour" -d 'Tell the whole story on a throw-away store'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "completions" -d 'Print the completions of a shell'
complete -c authctl -n "__fish_authctl_needs_command" -f -a "man" -d 'Write the manual pages into a folder'
complete -c authctl -n "__fish_authctl_using_subcommand init" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand init" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand init" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand init" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand init" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand init" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand init" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand init" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand init" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "add" -d 'Add accounts'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "list" -d 'List accounts'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "show" -d 'Show all of an account'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "set" -d 'Change an account\'s name, e-mail address or contact'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "remove" -d 'Remove accounts with their keys, roles and permissions'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "block" -d 'Block accounts'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "unblock" -d 'Unblock accounts'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "passwd" -d 'Set the password of accounts'
complete -c authctl -n "__fish_authctl_using_subcommand user; and not __fish_seen_subcommand_from add list show set remove block unblock passwd exists" -f -a "exists" -d 'Tell whether accounts exist'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l id -d 'The id in the CMS; for one account' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l email -d 'The e-mail address; for one account' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l contact -d 'The CiviCRM contact that the account is linked to; for one account' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l password -d 'Where the password is read: `-` for standard input, `@FILE`, or `prompt`' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l role -d 'Give this role (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l blocked -d 'Add the accounts blocked'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l role -d 'Only accounts that were given this role' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l contact -d 'Only accounts that are linked to this contact' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l blocked -d 'Only blocked accounts'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -l active -d 'Only accounts that are not blocked'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l name -d 'The new name; for one account' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l email -d 'The new e-mail address; for one account' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l contact -d 'Link to this contact' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l no-email -d 'Take the e-mail address away'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l no-contact -d 'Unlink from the contact'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from block" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -l password -d 'Where the password is read: `-` for standard input, or `@FILE`' -r
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -l none -d 'Take the password away: then none is the right one'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from passwd" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand user; and __fish_seen_subcommand_from exists" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -f -a "add" -d 'Add contacts'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -f -a "list" -d 'List contacts'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -f -a "show" -d 'Show contacts with the accounts linked to them'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -f -a "set" -d 'Put contacts into the trash or take them out'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and not __fish_seen_subcommand_from add list show set remove" -f -a "remove" -d 'Delete contacts for good, with their keys'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -l deleted -d 'Add them in the trash'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -l deleted -d 'Only contacts in the trash'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -l deleted -d 'Put them into the trash'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -l restored -d 'Take them out of the trash'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand contact; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -f -a "add" -d 'Add roles'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -f -a "list" -d 'List roles'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -f -a "show" -d 'Show roles with their permissions'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -f -a "set" -d 'Change a role\'s label, or whether it is an administrator\'s'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -f -a "remove" -d 'Remove roles from the store and from all who have them'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -f -a "assign" -d 'Give a role to accounts, or take it from them'
complete -c authctl -n "__fish_authctl_using_subcommand role; and not __fish_seen_subcommand_from add list show set remove assign unassign" -f -a "unassign" -d 'Give a role to accounts, or take it from them'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -l label -d 'The name for people' -r
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -l admin -d 'An administrator\'s role: it passes every permission'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l label -d 'The name for people' -r
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l admin -d 'Make it an administrator\'s role, which passes every permission'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l no-admin -d 'Make it an ordinary role'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -l user -d 'An account (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from assign" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -l user -d 'An account (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand role; and __fish_seen_subcommand_from unassign" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -f -a "grant" -d 'Grant permissions'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -f -a "revoke" -d 'Take permissions back'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -f -a "list" -d 'List what was granted to whom'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -f -a "check" -d 'Tell whether somebody has permissions'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and not __fish_seen_subcommand_from grant revoke list check known" -f -a "known" -d 'List the permissions that authctl knows'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -l user -d 'An account (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -l role -d 'A role (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from grant" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -l user -d 'An account (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -l role -d 'A role (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from revoke" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -l user -d 'Only grants of this account (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -l role -d 'Only grants of this role (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -l user -d 'An account (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -l role -d 'A role (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand perm; and __fish_seen_subcommand_from known" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "generate" -d 'Make keys and show them once'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "import" -d 'Take over keys that a site has already'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "list" -d 'List keys'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "show" -d 'Show all of a key but its text'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "reveal" -d 'Show the text of keys that were made with `--recoverable`'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "rotate" -d 'Make keys in the place of others'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "set" -d 'Change when keys expire, or their label'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "revoke" -d 'Take keys back'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "remove" -d 'Remove keys from the store'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "prune" -d 'Remove keys that expired or were revoked'
complete -c authctl -n "__fish_authctl_using_subcommand key; and not __fish_seen_subcommand_from generate import list show reveal rotate set revoke remove prune identify" -f -a "identify" -d 'Tell whose key a text is'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l user -d 'An account (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l contact -d 'A contact (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l as -d 'You yourself: asks for this account\'s password, and needs `generate own api key`' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l out -d 'Write the keys into this new file, which only you can read' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l expires -d 'When they expire: RFC 3339, a date, or a duration such as `90d`; otherwise never' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l label -d 'What you call them' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l password -d 'Where the password for `--as` is read: `-` for standard input, or `@FILE`' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l universal -d 'Nobody in particular: Drupal\'s universal key, level `guide`'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l api-token -d 'The universal key that Drupal\'s module has in its settings, `api_token`: releases up to 2.1.0'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l all-users -d 'Every account that is not blocked'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l missing -d 'Only accounts that have no live key'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l grant -d 'Grant the owners `authenticate with api key` as well'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l recoverable -d 'Keep the text sealed, so that `authctl key reveal` can show it again'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from generate" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -l input-format -d 'The form of the file; otherwise told by its first character' -r -f -a "csv\t'Comma-separated values with a header'
jsonl\t'One JSON object a line'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l user -d 'Only keys of this account (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l contact -d 'Only keys of this contact (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l state -d 'Only keys of this state' -r -f -a "live\t'The site has them'
expired\t'Their time is over'
revoked\t'They were taken back'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l universal -d 'Only universal keys'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l api-token -d 'Only the universal key in the settings of Drupal\'s module'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -l weak -d 'Only weak keys, those with under 112 bits'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from reveal" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l grace -d 'How long the old key stays valid beside the new one, such as `7d`; otherwise not at all' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l expires -d 'When the new key expires: RFC 3339, a date, or a duration such as `90d`; otherwise never' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l recoverable -d 'Keep the text sealed, so that `authctl key reveal` can show it again; as the old key when left out'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from rotate" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l label -d 'What you call the key' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l expires -d 'When it expires: RFC 3339, a date, or a duration such as `90d`' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l no-label -d 'Take the label away'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l no-expires -d 'Let it not expire'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from revoke" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -l older -d 'Only keys that ended at least this long ago' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -l user -d 'Only keys of this account' -r
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from prune" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand key; and __fish_seen_subcommand_from identify" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -f -a "show" -d 'Show which guards are asked for'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and not __fish_seen_subcommand_from show set" -f -a "set" -d 'Set which guards are asked for'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -l none -d 'Ask for no guard at all'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand guard; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -f -a "generate" -d 'Make a new site key and show it once'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -f -a "set" -d 'Set the site key to the site\'s own'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -f -a "show" -d 'Show what is known of the site key'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -f -a "check" -d 'Tell whether a text is the site key'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and not __fish_seen_subcommand_from generate set show check unset" -f -a "unset" -d 'Make the site key undefined'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from generate" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -l reveal -d 'Print the text, alone'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand site-key; and __fish_seen_subcommand_from unset" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -f -a "list" -d 'List flows with what they accept'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -f -a "set" -d 'Set what flows accept'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and not __fish_seen_subcommand_from list set reset" -f -a "reset" -d 'Put flows back to the release\'s defaults'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l cred -d 'Credential types to accept: `jwt`, `api_key`, `pass`' -r
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l user-mode -d 'Whether a CMS account is wanted: `optional`, `require` or `ignore`' -r
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l no-cred -d 'Accept no credential'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand flow; and __fish_seen_subcommand_from reset" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -f -a "issue" -d 'Make tokens for contacts'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -f -a "inspect" -d 'Tell what a token says and whether the site would take it'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and not __fish_seen_subcommand_from issue inspect key" -f -a "key" -d 'Manage the signing keys'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -l contact -d 'The contact that the token stands for (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -l ttl -d 'How long it is valid: seconds, or a duration such as `1h`' -r
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -l scope -d 'The scope; AuthX wants `authx` among its words' -r
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from issue" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from inspect" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -f -a "add" -d 'Take over signing keys of the site, or make one'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -f -a "list" -d 'List the signing keys, the one that signs first'
complete -c authctl -n "__fish_authctl_using_subcommand jwt; and __fish_seen_subcommand_from key" -f -a "remove" -d 'Remove signing keys'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -f -a "add" -d 'Add applications'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -f -a "list" -d 'List applications'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -f -a "show" -d 'Show applications with their restrictions'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -f -a "set" -d 'Change applications'
complete -c authctl -n "__fish_authctl_using_subcommand app; and not __fish_seen_subcommand_from add list show set remove" -f -a "remove" -d 'Remove applications'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l method -d 'How requests authenticate' -r -f -a "api-key\t'User name and API key'
basic\t'User name and password'
oauth\t'OAuth access token (paid edition)'
jwt\t'JSON Web Token (paid edition)'
external\t'Token of an external identity provider (paid edition)'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l header -d 'Which header carries user name and API key; `authorization` when left out' -r -f -a "authorization\t'`Authorization: Basic BASE64`'
api-key\t'`API-KEY: BASE64`'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l default -d 'Make it the default application, which requests without AUTH-METHOD belong to'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l name -d 'Another name for people' -r
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l method -d 'How requests authenticate' -r -f -a "api-key\t'User name and API key'
basic\t'User name and password'
oauth\t'OAuth access token (paid edition)'
jwt\t'JSON Web Token (paid edition)'
external\t'Token of an external identity provider (paid edition)'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l header -d 'Which header carries user name and API key' -r -f -a "authorization\t'`Authorization: Basic BASE64`'
api-key\t'`API-KEY: BASE64`'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l allow-ip -d 'Allow only these client addresses, such as `192.0.2.0/24` (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l block-ip -d 'Refuse these client addresses (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l restrict-path -d 'Let the module ask for a credential on this path too, such as `/views/*` (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l role-path -d 'Let a role use this path, and all other roles only what is listed for them (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l custom-header -d 'Read the credential from this header too, in the form of `Authorization`: for all applications, since the module knows one' -r
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l default -d 'Make it the default application, which requests without AUTH-METHOD belong to'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l no-default -d 'Let no request belong to it without AUTH-METHOD'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l enable -d 'Turn the application on'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l disable -d 'Turn the application off; level `guide` refuses its requests, the real releases do not look'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l any-ip -d 'Take every client address'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l no-restrict-path -d 'Take all such paths away'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l no-role-path -d 'Take all such rules away'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l no-custom-header -d 'Read it from no other header'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand app; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -f -a "list" -d 'List resources'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -f -a "enable" -d 'Enable resources, or further methods of them'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -f -a "disable" -d 'Disable resources'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and not __fish_seen_subcommand_from list enable disable set" -f -a "set" -d 'Replace methods, formats or providers of resources'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l method -d 'Methods: GET, POST, PATCH, DELETE (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l format -d 'Formats, such as `json` (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l auth -d 'Authentication providers, such as `rest_api_authentication`, `basic_auth`, `cookie` (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l output -d 'The form of the answer, which is `--format` elsewhere' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l granularity -d 'How the configuration is split' -r -f -a "method\t'Formats and providers of each method'
resource\t'The same formats and providers for all methods, which Drupal does not enforce'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l force -d 'Take formats and providers that authctl does not know'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from enable" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from disable" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l method -d 'Methods: GET, POST, PATCH, DELETE (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l format -d 'Formats, such as `json` (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l auth -d 'Authentication providers, such as `rest_api_authentication`, `basic_auth`, `cookie` (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l output -d 'The form of the answer, which is `--format` elsewhere' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l granularity -d 'How the configuration is split' -r -f -a "method\t'Formats and providers of each method'
resource\t'The same formats and providers for all methods, which Drupal does not enforce'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l force -d 'Take formats and providers that authctl does not know'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand resource; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -f -a "list" -d 'List settings with their values'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -f -a "get" -d 'Print the value of settings'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -f -a "set" -d 'Set settings'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and not __fish_seen_subcommand_from list get set reset" -f -a "reset" -d 'Put settings back to their defaults'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from get" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand setting; and __fish_seen_subcommand_from reset" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand apply" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand apply" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand apply" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand apply" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand apply" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand apply" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand apply" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand apply" -l prune -d 'Remove what the document omits: users, roles, contacts, keys and grants'
complete -c authctl -n "__fish_authctl_using_subcommand apply" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand apply" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand diff" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand diff" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand diff" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand diff" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand diff" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand diff" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand diff" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand diff" -l prune -d 'Remove what the document omits: users, roles, contacts, keys and grants'
complete -c authctl -n "__fish_authctl_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand diff" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand dump" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand dump" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand dump" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand dump" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand dump" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand dump" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand dump" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand dump" -l reveal -d 'Show secrets in clear where they can be read back'
complete -c authctl -n "__fish_authctl_using_subcommand dump" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand dump" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -f -a "list" -d 'List entries, oldest first'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -f -a "verify" -d 'Check the chain from its beginning'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and not __fish_seen_subcommand_from list verify head" -f -a "head" -d 'Print the last entry\'s number and HMAC, to keep elsewhere'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l since -d 'Only entries from this time on: RFC 3339, a date, or a duration back from now' -r
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l actor -d 'Only entries of this user of the operating system' -r
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l action -d 'Only entries of this action, such as `key.revoke`' -r
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l subject -d 'Only entries about this, such as `user alice`' -r
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l last -d 'Only the newest entries, this many' -r
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l expect-head -d 'A head as `authctl audit head` printed it' -r
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand audit; and __fish_seen_subcommand_from head" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l input-format -d 'What the inputs are' -r -f -a "auto\t'Tell by the text'
curl\t'curl commands'
http\t'Raw HTTP requests'
har\t'An HTTP archive'
jsonl\t'One JSON object a line'"
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l entry -d 'Take these requests of each input alone: `3`, `3-7` or `3-` (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l filter -d 'Take requests with this in `METHOD URL` alone; `*` and `?` stand for any text and any letter' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l url -d 'The request\'s URL, or its path' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l method -d 'The method; POST where there is data, else GET' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l header -d 'A header field, `NAME: VALUE`; may be given several times' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l data -d 'The body; `@FILE` reads it from a file, `@-` from standard input' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l system -d 'Which of the two systems is asked' -r -f -a "auto\t'Tell by the request'
civicrm\t'`CiviCRM` AuthX'
drupal\t'Drupal REST and JSON:API'"
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l at -d 'Judge as of this moment: RFC 3339, a date, or a duration from now. A request\'s own `at` comes first' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l assume -d 'Judge as if: `guards=perm`, `flow.header.cred=jwt`, `site_key=@FILE`, `grant:alice=api-key`, ...' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l fail-on -d 'What `--compare` exits 3 for' -r -f -a "broken\t'A request that passed would be refused'
opened\t'A request that was refused would pass'
either\t'Either of the two'"
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l jobs -d 'How many requests are judged at a time; by default one a core' -r
complete -c authctl -n "__fish_authctl_using_subcommand verify" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l allow-files -d 'Let curl commands of the inputs read the files that they name (`@FILE`, `-K FILE`)'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l client-view -d 'Show only what the client would see'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -s v -l verbose -d 'Show every step'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l summary -d 'Count the verdicts by decision, reason, flow and user'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l compare -d 'Tell what the assumptions change: which requests break, which open'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -l exit-zero -d 'End with 0 whatever the verdicts are'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand verify" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand read" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand read" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand read" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand read" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand read" -l input-format -d 'What the inputs are' -r -f -a "auto\t'Tell by the text'
curl\t'curl commands'
http\t'Raw HTTP requests'
har\t'An HTTP archive'
jsonl\t'One JSON object a line'"
complete -c authctl -n "__fish_authctl_using_subcommand read" -l entry -d 'Take these requests of each input alone: `3`, `3-7` or `3-` (can be repeated)' -r
complete -c authctl -n "__fish_authctl_using_subcommand read" -l filter -d 'Take requests with this in `METHOD URL` alone; `*` and `?` stand for any text and any letter' -r
complete -c authctl -n "__fish_authctl_using_subcommand read" -l url -d 'The request\'s URL, or its path' -r
complete -c authctl -n "__fish_authctl_using_subcommand read" -l method -d 'The method; POST where there is data, else GET' -r
complete -c authctl -n "__fish_authctl_using_subcommand read" -l header -d 'A header field, `NAME: VALUE`; may be given several times' -r
complete -c authctl -n "__fish_authctl_using_subcommand read" -l data -d 'The body; `@FILE` reads it from a file, `@-` from standard input' -r
complete -c authctl -n "__fish_authctl_using_subcommand read" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand read" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand read" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand read" -l allow-files -d 'Let curl commands of the inputs read the files that they name (`@FILE`, `-K FILE`)'
complete -c authctl -n "__fish_authctl_using_subcommand read" -l reveal -d 'Show credentials'
complete -c authctl -n "__fish_authctl_using_subcommand read" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand read" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand test" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand test" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand test" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand test" -l filter -d 'Run only cases with this in their names; `*` and `?` stand for any text and any letter' -r
complete -c authctl -n "__fish_authctl_using_subcommand test" -l policy -d 'Judge files that have no policy of their own against this document, not against the store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand test" -l at -d 'Judge as of this moment: RFC 3339, a date, or a duration from now. What a file says comes first' -r
complete -c authctl -n "__fish_authctl_using_subcommand test" -l threshold -d 'Fail when fewer parts of the policy are exercised, in percent; implies `--coverage`' -r
complete -c authctl -n "__fish_authctl_using_subcommand test" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON object'
jsonl\t'One JSON object a case'
csv\t'Comma-separated values with a header'
tap\t'The Test Anything Protocol, version 14'
junit\t'`JUnit`\'s XML, as build servers read it'"
complete -c authctl -n "__fish_authctl_using_subcommand test" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand test" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand test" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand test" -s v -l verbose -d 'Show cases that passed too, and every step of those that did not'
complete -c authctl -n "__fish_authctl_using_subcommand test" -l coverage -d 'Tell which guards, flows, permissions and applications no case exercises'
complete -c authctl -n "__fish_authctl_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand test" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand check" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand check" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand check" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand check" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand check" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand check" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand check" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand check" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand backup" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand backup" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand backup" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand backup" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand backup" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand backup" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand backup" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand backup" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand restore" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand restore" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand restore" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand restore" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand restore" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand restore" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand restore" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand restore" -l dry-run -d 'Say what would change, and change nothing'
complete -c authctl -n "__fish_authctl_using_subcommand restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand restore" -s V -l version -d 'Print version'
complete -c authctl -n "__fish_authctl_using_subcommand tour" -l store -d 'The store' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand tour" -l key-file -d 'The key file that opens the store\'s secrets' -r -F
complete -c authctl -n "__fish_authctl_using_subcommand tour" -l format -d 'The form of the answer' -r -f -a "table\t'Text for people'
json\t'One JSON array'
jsonl\t'One JSON object a line'
csv\t'Comma-separated values with a header'"
complete -c authctl -n "__fish_authctl_using_subcommand tour" -l color -d 'When to use colours; `NO_COLOR` is respected' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c authctl -n "__fish_authctl_using_subcommand tour" -s q -l quiet -d 'Leave out notes and reports of what was done'
complete -c authctl -n "__fish_authctl_using_subcommand tour" -s y -l yes -d 'Answer yes to every question'
complete -c authctl -n "__fish_authctl_using_subcommand tour" -l no-input -d 'Ask nothing, even on a terminal'
complete -c authctl -n "__fish_authctl_using_subcommand tour" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c authctl -n "__fish_authctl_using_subcommand tour" -s V -l version -d 'Print version'
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
