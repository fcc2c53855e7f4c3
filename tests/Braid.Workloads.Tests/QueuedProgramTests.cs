using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Workloads.Queued;

namespace Braid.Workloads.Tests;

public sealed class QueuedProgramTests
{
    private static readonly RunId id = RunId.Parse("00000000000040008000000000000001");

    [Theory]
    [InlineData("""a 'b c' "d \"e\"" f\ g""", "a|b c|d \"e\"|f g")]
    [InlineData("  ", "")]
    [InlineData("--x=''", "--x=")]
    public void A_command_line_is_split_as_a_shell_does(string text, string words) =>
        Assert.Equal(words, string.Join('|', CommandLine.Split(text)));

    [Fact]
    public void A_script_without_a_repository_is_the_diff_under_the_entry_points_name()
    {
        var program = Make("""{"binary":"python3.11","entry_point":"src/train.py --lr 0.1","diff":"print(1)"}""");
        Assert.Equal(["python3.11", "-u", "train.py", "--lr", "0.1"], program.Command.Skip(2));
        Assert.Equal("train.py", program.Environment["BRAID_TASK_FILE"]);
        Assert.Contains(program.Files, file => file.Content == "print(1)\n");
    }

    [Fact]
    public void A_repositorys_entry_point_is_run_where_it_says()
    {
        var program = Make(
            """
            {"binary":"python","repository":"https://example.org/a.git","branch":"main","version_num":"abc",
             "working_dir":"src","entry_point":"-m train"}
            """
        );
        Assert.Equal(["python3", "-u", "-m", "train"], program.Command.Skip(2));
        Assert.Equal(
            ("https://example.org/a.git", "main", "abc", "src"),
            (
                program.Environment["BRAID_TASK_REPOSITORY"],
                program.Environment["BRAID_TASK_BRANCH"],
                program.Environment["BRAID_TASK_COMMIT"],
                program.Environment["BRAID_TASK_DIRECTORY"]
            )
        );
    }

    [Theory]
    [InlineData("/bin/bash", "", "bash untitled.sh")]
    [InlineData("", "", "python3 -u untitled.py")]
    public void One_that_names_no_entry_point_is_a_script(string binary, string entry, string command) =>
        Assert.Equal(
            command,
            string.Join(' ', Make($$"""{"binary":"{{binary}}","entry_point":"{{entry}}"}""").Command.Skip(2))
        );

    [Fact]
    public void What_dockers_arguments_ask_for_is_asked_for()
    {
        var spec = QueuedSpecs.Of(
            NewRun("{}") with
            {
                Documents = new() { Container = """{"arguments":"--ipc=host --gpus 2 --cpus=1.5 --memory 8g -m x"}""" },
            }
        );
        Assert.Equal((2, 1500L, 8L << 30), (spec.Request.Gpus, spec.Request.CpuMillicores, spec.Request.MemoryBytes));
    }

    [Theory]
    [InlineData("Train: lr=0.1", "train-lr-0-1-00000000")]
    [InlineData("1", "run-1-00000000")]
    [InlineData("", "run-00000000")]
    public void Its_name_is_one_of_work(string name, string expected) =>
        Assert.Equal(expected, QueuedSpecs.NameOf(NewRun("{}") with { Name = name }));

    private static Workloads.Replicas.ReplicaProgram Make(string script) =>
        QueuedProgram.Of(id, QueuedSpecs.Of(NewRun(script)));

    private static Run NewRun(string script) =>
        new()
        {
            Id = id,
            ProjectId = default,
            ProjectNumber = 1,
            Name = "train",
            Documents = new() { Script = script },
        };
}
