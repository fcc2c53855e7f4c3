using Braid.Cli.Mounting.Overlay;
using Braid.Testing;

namespace Braid.Cli.Tests.Mounting;

/// <summary>Changes to a tree: what is seen, what is committed, and that the journal makes the same of it.</summary>
public sealed class OverlayTreeTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly OverlayFolder overlay;

    public OverlayTreeTests() => overlay = OverlayFolder.Create(folder.File("overlay"), Target);

    private static OverlayTarget Target =>
        new()
        {
            Server = "here",
            Project = "default",
            Repo = "images",
            Type = "user",
            Branch = "master",
            Base = "0123456789abcdef0123456789abcdef",
        };

    public void Dispose()
    {
        overlay.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void What_was_not_changed_is_the_commits()
    {
        overlay.Put("/a/b", overlay.NewFile(), isNew: false);
        Assert.Equal(new OverlayPlace.InScratch(1), overlay.Tree.Locate("/a/b"));
        Assert.Equal(new OverlayPlace.InCommit("/a/c/d"), overlay.Tree.Locate("/a/c/d"));
        Assert.Equal(new OverlayPlace.InCommit("/z"), overlay.Tree.Locate("/z"));
        Assert.Equal("/a", Assert.IsType<OverlayPlace.Directory>(overlay.Tree.Locate("/a")).Origin);
    }

    [Fact]
    public void What_is_gone_is_missing_with_all_below_it()
    {
        overlay.Delete("/a");
        Assert.IsType<OverlayPlace.Missing>(overlay.Tree.Locate("/a"));
        Assert.IsType<OverlayPlace.Missing>(overlay.Tree.Locate("/a/b/c"));
        overlay.MakeDirectory("/a");
        Assert.IsType<OverlayPlace.Missing>(overlay.Tree.Locate("/a/b/c"));
    }

    [Fact]
    public void A_moved_directory_shows_the_commits_files_under_its_new_name_and_takes_its_changes_along()
    {
        overlay.Put("/old/changed", overlay.NewFile(), isNew: false);
        overlay.Rename("/old", "/new", isDirectory: true, isNew: true);
        Assert.Equal(new OverlayPlace.InCommit("/old/deep/file"), overlay.Tree.Locate("/new/deep/file"));
        Assert.Equal(new OverlayPlace.InScratch(1), overlay.Tree.Locate("/new/changed"));
        Assert.IsType<OverlayPlace.Missing>(overlay.Tree.Locate("/old/deep/file"));
        Assert.Equal(
            [
                "delete /new",
                "delete /new/",
                "copy /old /new",
                "delete /new/changed",
                "delete /new/changed/",
                "write /new/changed 1",
                "delete /old",
                "delete /old/",
            ],
            Steps()
        );
    }

    [Fact]
    public void What_was_made_and_deleted_again_leaves_nothing_to_commit()
    {
        overlay.Put("/tmp", overlay.NewFile(), isNew: true);
        overlay.Rename("/tmp", "/deep/tmp", isDirectory: false, isNew: true);
        overlay.Delete("/deep/tmp");
        Assert.Empty(Steps());
        Assert.IsType<OverlayPlace.InCommit>(overlay.Tree.Locate("/tmp"));
    }

    [Fact]
    public void A_file_put_where_one_was_deleted_still_hides_it_when_it_is_deleted_too()
    {
        overlay.Delete("/a");
        overlay.Put("/a", overlay.NewFile(), isNew: true);
        overlay.Delete("/a");
        Assert.Equal(["delete /a", "delete /a/"], Steps());
    }

    [Fact]
    public void Saving_by_a_temporary_file_is_one_change()
    {
        overlay.Put("/x.new", overlay.NewFile(), isNew: true);
        overlay.Rename("/x.new", "/x", isDirectory: false, isNew: false);
        Assert.Equal(["delete /x", "delete /x/", "write /x 1"], Steps());
        Assert.Equal(1, new CommitPlan(overlay, null).Count());
    }

    [Fact]
    public void A_file_that_moves_there_and_back_is_no_change()
    {
        overlay.Rename("/a", "/b", isDirectory: false, isNew: true);
        overlay.Rename("/b", "/a", isDirectory: false, isNew: false);
        Assert.Empty(Steps());
    }

    [Fact]
    public void The_journal_makes_the_same_tree_again_whatever_was_done()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] names = ["/a", "/b", "/d/a", "/d/b", "/e/f/a", "/e/f"];
        for (var i = 0; i < 200; i++)
        {
            var (path, other) = (names[random.Next(names.Length - 1)], names[random.Next(names.Length - 1)]);
            switch (random.Next(3))
            {
                case 0:
                    overlay.Put(path, overlay.NewFile(), random.Next(2) == 0);
                    break;
                case 1:
                    overlay.Delete(path);
                    break;
                case 2 when path != other && overlay.Tree.Locate(path) is not OverlayPlace.Missing:
                    overlay.Rename(path, other, isDirectory: false, random.Next(2) == 0);
                    break;
                default:
                    break;
            }
        }

        var expected = Steps();
        overlay.Dispose();
        using var again = OverlayFolder.Open(overlay.Path);
        Assert.NotNull(again);
        Assert.True(expected.SequenceEqual(StepsOf(again)), $"seed {seed}");
        // Numbers are not given twice.
        Assert.False(File.Exists(again.FileAt(again.NewFile() + 1)));
    }

    [Fact]
    public void A_line_that_was_cut_by_a_crash_is_left_out()
    {
        overlay.Put("/a", overlay.NewFile(), isNew: true);
        overlay.Dispose();
        File.AppendAllText(Path.Combine(overlay.Path, "journal"), "del\t/a");
        using var again = OverlayFolder.Open(overlay.Path);
        Assert.Equal(new OverlayPlace.InScratch(1), again?.Tree.Locate("/a"));
    }

    [Fact]
    public void The_commit_that_was_started_is_remembered()
    {
        overlay.Put("/a", overlay.NewFile(), isNew: true);
        overlay.NoteStarted("abc");
        overlay.Dispose();
        using var again = OverlayFolder.Open(overlay.Path);
        Assert.Equal(Target with { Started = "abc" }, again?.Target);
    }

    private List<string> Steps() => StepsOf(overlay);

    private static List<string> StepsOf(OverlayFolder overlay) =>
        [
            .. new CommitPlan(overlay, null)
                .Steps()
                .Select(step =>
                    step switch
                    {
                        Step.Delete delete => $"delete {delete.Path}",
                        Step.Copy copy => $"copy {copy.From} {copy.To}",
                        Step.Write write => $"write {write.Path} {write.Number}",
                        _ => "?",
                    }
                ),
        ];
}
