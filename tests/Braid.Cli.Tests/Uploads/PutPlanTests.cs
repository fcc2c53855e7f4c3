using Braid.Cli.CommandLine;
using Braid.Cli.Uploads;
using Braid.Testing;

namespace Braid.Cli.Tests.Uploads;

public sealed class PutPlanTests
{
    [Fact]
    public void One_file_takes_the_targets_name()
    {
        using var folder = FolderOf("a.txt");
        Assert.Equal(["/x"], Places(folder.File("a.txt"), "/x"));
        Assert.Equal(["/x/a.txt"], Places(folder.File("a.txt"), "/x/"));
        Assert.Equal(["/a.txt"], Places(folder.File("a.txt"), ""));
    }

    [Fact]
    public void Several_files_go_below_the_target()
    {
        using var folder = FolderOf("a.txt");
        Assert.Equal(["/x/a.txt"], Places(folder.File("a.txt"), "/x", sources: 2));
    }

    [Fact]
    public void A_folders_files_keep_their_paths_below_the_target_or_the_folders_name()
    {
        using var folder = FolderOf("in/b/c", "in/a");
        Assert.Equal(["/x/a", "/x/b/c"], Places(folder.File("in"), "/x"));
        Assert.Equal(["/a", "/b/c"], Places(folder.File("in"), "/"));
        Assert.Equal(["/in/a", "/in/b/c"], Places(folder.File("in") + "/", ""));
        Assert.Equal(["/x/in/a", "/x/in/b/c"], Places(folder.File("in"), "/x", sources: 2));
    }

    [Fact]
    public void The_whole_path_can_be_kept()
    {
        using var folder = FolderOf("a");
        var plan = new PutPlan
        {
            Target = "",
            Sources = 1,
            KeepsFullPath = true,
        };
        Assert.Equal(folder.File("a"), plan.Of(folder.File("a")).Single().Path);
    }

    [Fact]
    public void A_folder_needs_the_flag()
    {
        using var folder = FolderOf("a");
        var plan = new PutPlan { Target = "/x", Sources = 1 };
        var refused = Assert.Throws<Failure>(() => plan.Of(folder.Path));
        Assert.Equal($"{folder.Path} is a directory, use -r", refused.Message);
    }

    [Fact]
    public void Standard_input_needs_a_name() =>
        Assert.Equal("must specify filename when reading data from stdin", Refused("-"));

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal("/no/such: no such file or directory", Refused("/no/such"));

    [Fact]
    public void An_address_gives_its_last_part() =>
        Assert.Equal(["/liberty.png"], Places("https://example.com/data/liberty.png", "", isRecursive: false));

    [Fact]
    public void Linked_files_and_folders_are_put_as_what_they_point_to()
    {
        using var folder = FolderOf("in/a", "other/b");
        File.CreateSymbolicLink(folder.File("in/link"), folder.File("in/a"));
        Directory.CreateSymbolicLink(folder.File("in/more"), folder.File("other"));
        Assert.Equal(["/a", "/link", "/more/b"], Places(folder.File("in"), "/"));
    }

    [Fact]
    public void A_folder_that_links_to_itself_is_refused()
    {
        using var folder = FolderOf("in/a");
        Directory.CreateSymbolicLink(folder.File("in/b"), folder.File("in"));
        Assert.Equal(
            $"{folder.File("in/b")}: the link points to a folder that holds it",
            Assert.Throws<Failure>(() => Places(folder.File("in"), "/")).Message
        );
    }

    private static string[] Places(string source, string target, int sources = 1, bool isRecursive = true) =>
        [
            .. new PutPlan
            {
                Target = target,
                Sources = sources,
                IsRecursive = isRecursive,
            }
                .Of(source)
                .Select(part => part.Path),
        ];

    private static string Refused(string source) => Assert.Throws<Failure>(() => Places(source, "")).Message;

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
