using Braid.Cli.CommandLine;
using Braid.Cli.Files;
using Braid.Testing;

namespace Braid.Cli.Tests.Files;

public sealed class PutPlanTests
{
    [Fact]
    public void One_file_takes_the_targets_name()
    {
        using var folder = FolderOf("a.txt");
        Assert.Equal("/x", Place(folder.File("a.txt"), "/x"));
        Assert.Equal("/x/a.txt", Place(folder.File("a.txt"), "/x/"));
        Assert.Equal("/a.txt", Place(folder.File("a.txt"), ""));
    }

    [Fact]
    public void Several_files_go_below_the_target()
    {
        using var folder = FolderOf("a.txt");
        Assert.Equal("/x/a.txt", new PutPlan("/x", 2, false, false).Of(folder.File("a.txt")).Single().Path);
    }

    [Fact]
    public void A_folders_files_keep_their_paths_below_it()
    {
        using var folder = FolderOf("b/c", "a");
        var files = new PutPlan("/x", 1, true, false).Of(folder.Path);
        Assert.Equal(["/x/a", "/x/b/c"], files.Select(file => file.Path));
    }

    [Fact]
    public void A_folder_needs_the_flag()
    {
        using var folder = FolderOf("a");
        Assert.Equal($"{folder.Path} is a directory, use -r", Refused(folder.Path, "/x"));
    }

    [Fact]
    public void Standard_input_needs_a_name() =>
        Assert.Equal("must specify filename when reading data from stdin", Refused("-", ""));

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal("/no/such: no such file or directory", Refused("/no/such", ""));

    [Fact]
    public void An_address_gives_its_last_part()
    {
        var source = new PutPlan("", 1, false, false).Of("https://example.com/data/liberty.png").Single();
        Assert.Equal("/liberty.png", source.Path);
        Assert.True(source.IsAddress);
    }

    private static string Place(string source, string target) =>
        new PutPlan(target, 1, false, false).Of(source).Single().Path;

    private static string Refused(string source, string target) =>
        Assert.Throws<Failure>(() => new PutPlan(target, 1, false, false).Of(source)).Message;

    private static TempFolder FolderOf(params string[] files)
    {
        var folder = new TempFolder();
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(file))!);
            File.WriteAllText(folder.File(file), "x");
        }

        return folder;
    }
}
