using Braid.TensorBoard.Logs;
using Braid.Testing;

namespace Braid.TensorBoard.Tests.Logs;

public sealed class LogDirectoryTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_are_found_at_any_depth_by_run_and_name()
    {
        Make("b/events.out.tfevents.2.host", "b/events.out.tfevents.1.host", "events.out.tfevents.9.host");
        Make("a/deep/er/x.tfevents.v2", "a/notes.txt", "b/c/events.out.tfevents.3.host.profile-empty");
        Assert.Equal(
            [
                (".", "events.out.tfevents.9.host"),
                ("a/deep/er", "a/deep/er/x.tfevents.v2"),
                ("b", "b/events.out.tfevents.1.host"),
                ("b", "b/events.out.tfevents.2.host"),
                ("b/c", "b/c/events.out.tfevents.3.host.profile-empty"),
            ],
            Find()
        );
    }

    [Fact]
    public void Links_are_followed_but_not_round_in_circles()
    {
        using var elsewhere = new TempFolder();
        Make("run/events.out.tfevents.1.host");
        File.WriteAllText(elsewhere.File("events.out.tfevents.2.host"), "");
        Directory.CreateSymbolicLink(folder.File("run/up"), folder.Path);
        Directory.CreateSymbolicLink(folder.File("latest"), folder.File("run"));
        Directory.CreateSymbolicLink(folder.File("nowhere"), folder.File("missing"));
        Directory.CreateSymbolicLink(folder.File("shared"), elsewhere.Path);
        File.CreateSymbolicLink(folder.File("run/linked.tfevents"), elsewhere.File("events.out.tfevents.2.host"));
        Assert.Equal(
            [
                ("run", "run/events.out.tfevents.1.host"),
                ("run", "run/linked.tfevents"),
                ("shared", "shared/events.out.tfevents.2.host"),
            ],
            Find()
        );
    }

    [Fact]
    public void A_directory_that_is_not_there_has_no_files() => Assert.Empty(LogDirectory.Find(folder.File("missing")));

    private IEnumerable<(string Run, string Path)> Find() =>
        LogDirectory.Find(folder.Path).Select(file => (file.Run, file.Path));

    private void Make(params string[] paths)
    {
        foreach (var path in paths.Select(folder.File))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}
