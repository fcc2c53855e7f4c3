using System.Text;
using Braid.Cli.TrackedRuns;
using Braid.Cli.TrackedRuns.Code;
using Braid.Cli.TrackedRuns.Machines;
using Braid.Cli.TrackedRuns.Programs;
using Braid.TensorBoard.Logs;
using Braid.Testing;

namespace Braid.Cli.Tests.TrackedRuns;

/// <summary>What is noted of a program, and what is not.</summary>
public sealed class CaptureTests
{
    [Fact]
    public void Secrets_are_hidden_by_their_names_and_in_addresses()
    {
        var text = MaskedEnvironment.Text(
            new Dictionary<string, string>
            {
                ["HF_TOKEN"] = "hf_123",
                ["AWS_SECRET_ACCESS_KEY"] = "abc",
                ["DB_PASSWORD"] = "abc",
                ["EMPTY_TOKEN"] = "",
                ["DATABASE_URL"] = "postgresql://me:pa55@host/db",
                ["PATH"] = "/bin",
            }
        );
        Assert.Equal(
            """
            AWS_SECRET_ACCESS_KEY=********
            DATABASE_URL=postgresql://********@host/db
            DB_PASSWORD=********
            EMPTY_TOKEN=
            HF_TOKEN=********
            PATH=/bin

            """,
            text
        );
    }

    [Fact]
    public void Arguments_are_parameters_and_the_whole_line_is_one()
    {
        string[] words =
        [
            "python3",
            "train.py",
            "--lr",
            "0.1",
            "--decay=-3",
            "--shift",
            "-2",
            "--fast",
            "--api-key",
            "k",
            "--db=postgres://me:pw@host/x",
            "--tokenizer",
            "gpt2",
            "db.password=x",
            "a b",
        ];
        var found = CommandParameters.Arguments(words).ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["command"] =
                    "python3 train.py --lr 0.1 --decay=-3 --shift -2 --fast --api-key '********' '--db=postgres://********@host/x' --tokenizer gpt2 'db.password=********' 'a b'",
                ["lr"] = "0.1",
                ["decay"] = "-3",
                ["shift"] = "-2",
                ["fast"] = "True",
                ["api-key"] = "********",
                ["db"] = "postgres://********@host/x",
                ["tokenizer"] = "gpt2",
            },
            found
        );
    }

    [Theory]
    [InlineData(0, false, "completed", "")]
    [InlineData(3, false, "failed", "exit code 3")]
    [InlineData(137, false, "failed", "killed by SIGKILL, as the kernel does when memory runs out")]
    [InlineData(139, false, "failed", "killed by SIGSEGV")]
    [InlineData(130, true, "stopped", "stopped by SIGINT")]
    [InlineData(1, true, "stopped", "stopped by a signal, exit code 1")]
    [InlineData(0, true, "completed", "")]
    public void An_end_has_a_cause(int code, bool stopped, string status, string reason) =>
        Assert.Equal(new ProgramEnd(code, status, reason), ProgramEnd.Of(code, stopped));

    [Fact]
    public void Packages_of_conda_and_NuGet_are_read_from_what_they_leave()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("conda-meta"));
        File.WriteAllText(folder.File("conda-meta/scikit-learn-1.5.0-py311_0.json"), "{}");
        File.WriteAllText(folder.File("conda-meta/zlib-1.3-h1.json"), "{}");
        Assert.Equal("scikit-learn==1.5.0\nzlib==1.3", Packages.Conda(folder.Path));
        const string assets = """{"libraries":{"Dapper/2.1":{"type":"package"},"Own/1.0":{"type":"project"}}}""";
        Assert.Equal("Dapper==2.1", Packages.NuGetOf(new MemoryStream(Encoding.UTF8.GetBytes(assets))));
    }

    [Theory]
    [InlineData("events.out.tfevents.1", "events.out.tfevents.1")]
    [InlineData("runs/Nov30_host/events.out.tfevents.1", "events.out.tfevents.1")]
    [InlineData("lightning_logs/version_3/events.out.tfevents.1", "events.out.tfevents.1")]
    [InlineData("logs/train/events.out.tfevents.1", "train/events.out.tfevents.1")]
    [InlineData("runs/events.out.tfevents.1", "runs/events.out.tfevents.1")]
    [InlineData("mine/a/events.out.tfevents.1", "mine/a/events.out.tfevents.1")]
    public void Directories_that_writers_make_by_themselves_are_no_part_of_names(string path, string name) =>
        Assert.Equal(name, LogDirectory.NameInRun(path));

    [Fact]
    public void Graphics_processors_are_read_as_far_as_they_say_something() =>
        Assert.Equal(
            [("gpu_0_utilization", 97), ("gpu_0_mem_usage", 40), ("gpu_0_mem_used_gb", 2), ("gpu_1_utilization", 0)],
            GpuUse.Read("97, 40, 2048, [N/A], [N/A], [N/A]\n0, [N/A], [N/A], [N/A], [N/A], [N/A]\n")
        );
}
