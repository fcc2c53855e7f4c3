using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Data.Tests.Naming;

public sealed class NamingTests
{
    private const string id = "0123456789ab4def8123456789abcdef";

    [Theory]
    [InlineData("images", "default/images")]
    [InlineData("vision/images", "vision/images")]
    [InlineData("images.meta", "default/images.meta")]
    [InlineData("vision/images.spec", "vision/images.spec")]
    [InlineData("images.user", "default/images")]
    public void A_repo_is_printed_as_project_and_name(string text, string printed) =>
        Assert.Equal(printed, RepoName.Parse(text).Value.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("bilder-ü")]
    [InlineData("a/b/c")]
    [InlineData("-p/a")]
    [InlineData("a.")]
    public void A_bad_repo_name_is_refused(string text) =>
        Assert.Equal(ErrorKind.InvalidArgument, RepoName.Parse(text).Error?.Kind);

    [Fact]
    public void A_project_name_has_at_most_51_characters()
    {
        Assert.Null(new RepoName(new string('p', 51), "r").Check());
        Assert.Contains("1 characters longer than the 51 max", new RepoName(new string('p', 52), "r").Check()?.Message);
        Assert.Null(new RepoName("p", new string('r', 255)).Check());
        Assert.Contains("longer than 255", new RepoName("p", new string('r', 256)).Check()?.Message);
    }

    [Fact]
    public void A_branch_named_like_a_commit_is_refused() =>
        Assert.Equal(ErrorKind.InvalidArgument, new BranchName(new("default", "r"), id).Check()?.Kind);

    [Theory]
    [InlineData("master", "master", null, 0, null)]
    [InlineData(id, null, id, 0, null)]
    [InlineData($"master={id}", "master", id, 0, null)]
    [InlineData("master^", "master", null, 1, null)]
    [InlineData("master^^", "master", null, 2, null)]
    [InlineData("master^3", "master", null, 3, null)]
    [InlineData("master~2", "master", null, 2, null)]
    [InlineData("master^2~1^", "master", null, 4, null)]
    [InlineData("master.1", "master", null, 0, 1L)]
    [InlineData("master.5^2", "master", null, 2, 5L)]
    [InlineData($"{id}^", null, id, 1, null)]
    public void Commit_text_is_read(string text, string? branch, string? commit, long up, long? fromRoot)
    {
        var spec = CommitSpec.Parse(text).Value;
        Assert.Equal((branch, commit, up, fromRoot), (spec.Branch, spec.Id?.ToString(), spec.Up, spec.FromRoot));
        Assert.Equal(spec, CommitSpec.Parse(spec.ToString()).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("^")]
    [InlineData("master.")]
    [InlineData("master.0")]
    [InlineData("master^.2")]
    [InlineData("master.2.3")]
    [InlineData("master.2^2")]
    [InlineData("master^99999999999999999999")]
    [InlineData("master^x")]
    [InlineData("=abc")]
    [InlineData("master=abc")]
    [InlineData("a b")]
    [InlineData("../etc")]
    public void Bad_commit_text_is_refused(string text) =>
        Assert.Equal(ErrorKind.InvalidArgument, CommitSpec.Parse(text).Error?.Kind);

    [Theory]
    [InlineData("a", "/a")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/", "/a")]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("/Übung/日本 語.txt", "/Übung/日本 語.txt")]
    [InlineData("/a.b/..c", "/a.b/..c")]
    [InlineData("/x=y,&$", "/x=y,&$")]
    public void A_path_gets_its_stored_form(string path, string stored) =>
        Assert.Equal(stored, FilePath.ForWriting(path).Value);

    [Theory]
    [InlineData("/a/../b", "relative file paths are not allowed")]
    [InlineData("/./b", "relative file paths are not allowed")]
    [InlineData("/a//b", "empty path elements")]
    [InlineData("/a*", "globbing character (*) not allowed in path")]
    [InlineData("/a{b", "globbing character ({) not allowed in path")]
    [InlineData("/a\0b", "only printable characters allowed")]
    [InlineData("/a\nb", "only printable characters allowed")]
    [InlineData("/a\u0085b", "only printable characters allowed")]
    public void A_bad_path_is_refused(string path, string why) =>
        Assert.Contains(why, FilePath.ForWriting(path).Error?.Message, StringComparison.Ordinal);

    [Fact]
    public void A_path_is_as_long_and_as_deep_as_a_tree_holds()
    {
        var wide = string.Concat(Enumerable.Repeat("/" + new string('ü', 255), 8));
        Assert.Equal(4088, System.Text.Encoding.UTF8.GetByteCount(wide));
        Assert.True(FilePath.ForWriting(wide).IsOk);
        Assert.Contains("longer than 4096 bytes", FilePath.ForWriting(wide + "/123456789").Error?.Message);
        Assert.True(FilePath.ForWriting(string.Concat(Enumerable.Repeat("/a", 256))).IsOk);
        Assert.Contains(
            "256 segments",
            FilePath.ForWriting(string.Concat(Enumerable.Repeat("/a", 257))).Error?.Message
        );
        Assert.Contains("1024 characters", FilePath.ForWriting("/" + new string('a', 1025)).Error?.Message);
    }

    [Fact]
    public void Text_without_a_UTF8_form_is_refused() =>
        Assert.Contains(
            "only printable characters allowed",
            FilePath.ForWriting("/" + (char)0xD800).Error?.Message,
            StringComparison.Ordinal
        );
}
