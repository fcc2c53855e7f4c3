using Braid.Storage.Blobs;

namespace Braid.Storage.Tests.Blobs;

public sealed class BlobAddressTests
{
    [Theory]
    [InlineData("/var/lib/braid", "/var/lib/braid")]
    [InlineData("file:///var/lib/braid", "/var/lib/braid")]
    public void A_folder_is_read(string text, string path) =>
        Assert.Equal(new BlobAddress.Folder(path), BlobAddress.Parse(text).Value);

    [Fact]
    public void A_bucket_is_read() =>
        Assert.Equal(
            new BlobAddress.S3("data", "a/b/", new Uri("http://host:9000"), "eu-west-1"),
            BlobAddress.Parse("s3://data/a/b?endpoint=http://host:9000&region=eu-west-1").Value
        );

    [Theory]
    [InlineData("")]
    [InlineData("s3://")]
    [InlineData("s3://bucket?colour=red")]
    [InlineData("s3://bucket?endpoint=nowhere")]
    [InlineData("gs://bucket")]
    public void Anything_else_is_refused_and_says_what_to_write(string text)
    {
        var refused = BlobAddress.Parse(text);
        Assert.Equal("storage.bad-address", refused.Error?.Code);
    }
}
