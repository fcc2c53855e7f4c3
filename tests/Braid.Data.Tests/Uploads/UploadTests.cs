using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Uploads;

public sealed class UploadTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Parts_become_one_file_in_one_commit(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var uploads = it.Data.Uploads;
        var upload = Ok(await uploads.BeginAsync(User, Branch("r@master"), "/big", default));
        foreach (var (number, text) in new[] { (5, "world"), (2, "lost"), (2, "hello ") })
        {
            Ok(await uploads.PutPartAsync(User, upload.Id, number, Bytes(text), default));
        }

        Assert.Empty(await it.CommitsAsync("r"));
        Assert.Equal([upload], Ok(await uploads.ListAsync(User, Branch("r@master"), default)));
        var parts = Ok(await uploads.ListPartsAsync(User, upload.Id, default));
        Assert.Equal([2, 5], parts.Select(part => part.Number));
        Ok(await uploads.CompleteAsync(User, upload.Id, parts, default));

        Assert.Equal("hello world", await it.ReadAsync("r@master:/big"));
        Assert.Single(await it.CommitsAsync("r"));
        Assert.Empty(Ok(await uploads.ListAsync(User, Branch("r@master"), default)));
        Assert.Equal(
            ErrorKind.NotFound,
            (await uploads.PutPartAsync(User, upload.Id, 1, Bytes("late"), default)).Error?.Kind
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_upload_that_could_not_be_completed_is_not_begun(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("in");
        await it.NewRepoAsync("out");
        await it.BranchAsync("out@master", "in@master");
        await it.FinishOutputAsync("out@master");
        var uploads = it.Data.Uploads;
        Assert.Equal(
            "data.output-branch",
            (await uploads.BeginAsync(User, Branch("out@master"), "/a", default)).Error?.Code
        );
        Assert.Equal(
            ErrorKind.NotFound,
            (await uploads.BeginAsync(User, Branch("none@master"), "/a", default)).Error?.Kind
        );
        Assert.Equal(
            ErrorKind.InvalidArgument,
            (await uploads.BeginAsync(User, Branch("in@master"), "/a/../b", default)).Error?.Kind
        );
    }

    private static MemoryStream Bytes(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
