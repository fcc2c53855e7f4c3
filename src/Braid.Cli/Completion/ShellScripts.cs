namespace Braid.Cli.Completion;

/// <summary>How a shell is told to ask the program.</summary>
/// <param name="Name">The shell's name.</param>
/// <param name="Place">Where it looks for scripts of its user, from the home folder.</param>
/// <param name="Script">The script.</param>
internal sealed record ShellScript(string Name, string Place, string Script);

/// <summary>The scripts. What they get is whole words, one per line, or one line that means "files of this machine".</summary>
internal static class ShellScripts
{
    /// <summary>The line that stands for the files of this machine.</summary>
    public const string LocalFiles = ":files";

    private static readonly ShellScript[] all =
    [
        new(
            "bash",
            ".local/share/bash-completion/completions/braid",
            """
            # Completes the words of braid in bash: source <(braid completion bash)
            _braid() {
                local line=${COMP_LINE:0:COMP_POINT} words current prefix="" mark
                read -ra words <<< "$line"
                [[ $line == *[[:space:]] ]] && words+=("")
                current=${words[-1]}
                # What follows one of these characters is a word of its own for bash: only that part is replaced.
                for mark in @ : =; do
                    if [[ $COMP_WORDBREAKS == *"$mark"* && $current == *"$mark"* ]]; then
                        local until=${current%"${current##*"$mark"}"}
                        (( ${#until} > ${#prefix} )) && prefix=$until
                    fi
                done
                local IFS=$'\n'
                COMPREPLY=($(braid __complete "${words[@]:1}" 2> /dev/null))
                if [[ ${COMPREPLY[0]} == ":files" ]]; then
                    COMPREPLY=()
                    compopt -o default
                    return
                fi
                COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
                [[ ${COMPREPLY[0]} == *[@:/=] ]] && compopt -o nospace
                return 0
            }
            complete -F _braid braid

            """
        ),
        new(
            "zsh",
            ".zfunc/_braid",
            """
            #compdef braid
            # Completes the words of braid in zsh: source <(braid completion zsh)
            _braid() {
                local -a found
                found=("${(@f)$(braid __complete "${(@)words[2,CURRENT]}" 2> /dev/null)}")
                if [[ $found[1] == ":files" ]]; then
                    _files
                    return
                fi
                local -a open=("${(@M)found:#*[@:/=]}") whole=("${(@)found:#*[@:/=]}")
                [[ -n $open ]] && compadd -S '' -a open
                [[ -n $whole ]] && compadd -a whole
            }
            if [[ $funcstack[1] == _braid ]]; then
                _braid "$@"
            else
                compdef _braid braid
            fi

            """
        ),
        new(
            "fish",
            ".config/fish/completions/braid.fish",
            """
            # Completes the words of braid in fish: braid completion fish | source
            function __braid_complete
                set -l words (commandline -opc) (commandline -ct)
                set -l found (braid __complete $words[2..-1] 2> /dev/null)
                if test "$found[1]" = ":files"
                    __fish_complete_path (commandline -ct)
                else
                    string join \n -- $found
                end
            end
            complete -c braid -f -a '(__braid_complete)'

            """
        ),
    ];

    public static ShellScript? Find(string name) => all.FirstOrDefault(shell => shell.Name == name);
}
