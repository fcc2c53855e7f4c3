using Braid.Cli.CommandLine;
using Braid.Testing;

namespace Braid.Cli.Tests.CommandLine;

public sealed class HelpGoldenTests
{
    [Fact]
    public void The_list_of_commands_is_golden() =>
        Golden.Match("tests/Braid.Cli.Tests/Golden/help.txt", HelpText.OfProgram());

    [Fact]
    public void The_help_of_every_command_is_golden() =>
        Golden.Match(
            "tests/Braid.Cli.Tests/Golden/commands.txt",
            string.Join(
                "\n",
                CommandTable
                    .All.Where(command => !command.IsHidden)
                    .Select(command => $"=== braid {command.Name}\n{HelpText.Of(command)}")
            )
        );
}
