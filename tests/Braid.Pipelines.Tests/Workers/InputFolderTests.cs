using Braid.Pipelines.Workers.Inputs;
using Braid.Testing;

namespace Braid.Pipelines.Tests.Workers;

public sealed class InputFolderTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly InputFolder folder;

    public InputFolderTests() => folder = new(Directory.CreateDirectory(temp.File("in")).FullName);

    [Fact]
    public void Folder_that_the_next_datum_has_too_stays_without_its_files()
    {
        LayOut("images/a/one");
        File.WriteAllText(temp.File("in/images/a/mark"), "made by the test, so that the folder is known again");
        folder.Clear();
        LayOut("images/a/two");

        Assert.Equal(["mark", "two"], Names("images/a"));
    }

    [Fact]
    public void Folder_that_the_next_datum_does_not_have_goes()
    {
        LayOut("images/a/deep/one", "other/two");
        folder.Clear();
        LayOut("images/b/one");

        Assert.Equal(["images"], Names(""));
        Assert.Equal(["b"], Names("images"));
    }

    [Fact]
    public void Inputs_are_moved_to_where_the_program_sees_them_and_back()
    {
        var pfs = Directory.CreateDirectory(temp.File("pfs")).FullName;
        LayOut("images/a/one", "other/two");

        folder.MoveTo(pfs);
        Assert.Empty(Names(""));
        Assert.True(File.Exists(Path.Combine(pfs, "images/a/one")));

        folder.MoveFrom(pfs);
        folder.Clear();
        folder.Settle();
        Assert.Empty(Names(""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public void File_that_two_matches_of_a_datum_have_is_made_once(int others)
    {
        LayOut([.. Enumerable.Range(0, others).Select(i => $"images/{i}"), "images/both"]);

        Assert.Null(folder.AddFile("images/both"));
        Assert.NotNull(folder.AddFile("images/other"));
    }

    [Fact]
    public void Datum_of_very_many_files_leaves_nothing_behind()
    {
        LayOut([.. Enumerable.Range(0, 5000).Select(i => $"images/{i / 1000}/{i}")]);
        folder.Clear();
        LayOut("images/1/one");

        Assert.Equal(["1"], Names("images"));
        Assert.Equal(["one"], Names("images/1"));
    }

    public void Dispose() => temp.Dispose();

    private void LayOut(params string[] files)
    {
        foreach (var file in files)
        {
            File.WriteAllText(Assert.IsType<string>(folder.AddFile(file)), file);
        }

        folder.Settle();
    }

    private string[] Names(string name) =>
        [
            .. Directory
                .EnumerateFileSystemEntries(Path.Combine(folder.Path, name))
                .Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
        ];
}
