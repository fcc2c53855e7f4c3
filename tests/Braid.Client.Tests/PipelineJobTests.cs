using Braid.Client.Jobs;
using Braid.Testing;

namespace Braid.Client.Tests;

public sealed class PipelineJobTests
{
    [Fact]
    public void Input_files_come_in_the_order_of_their_paths()
    {
        using var root = new TempFolder();
        Directory.CreateDirectory(root.File("digits/b"));
        File.WriteAllText(root.File("digits/b/1"), "");
        File.WriteAllText(root.File("digits/a"), "");
        var job = new PipelineJob(root.Path, _ => null);
        Assert.Equal(
            ["a", "b/1"],
            job.InputFiles("digits").Select(file => Path.GetRelativePath(job.Input("digits"), file))
        );
    }

    [Fact]
    public void An_output_file_gets_its_folders()
    {
        using var root = new TempFolder();
        var job = new PipelineJob(root.Path, _ => null);
        File.WriteAllText(job.OutputFile("a/b/c"), "x");
        Assert.True(File.Exists(root.File("out/a/b/c")));
    }

    [Fact]
    public void Ids_come_from_the_environment()
    {
        var job = new PipelineJob(
            "/pfs",
            name =>
                name == "digits_COMMIT" ? "c0ffee"
                : name == "PACH_JOB_ID" ? "abc"
                : null
        );
        Assert.Equal("c0ffee", job.InputCommit("digits"));
        Assert.Equal("abc", job.Id);
        Assert.Null(job.DatumId);
    }
}
