using System.Xml.Linq;
using Braid.Data.Uploads;
using Braid.Gateway.S3.Multipart;
using Braid.Primitives;
using Braid.Storage.Files;

namespace Braid.Gateway.S3.Tests.Multipart;

public sealed class PartListTests
{
    private const long full = 5 << 20;

    [Theory]
    [InlineData("1 2 3", null)]
    [InlineData("1 3", null)]
    [InlineData("4", null)]
    [InlineData("2 1", "InvalidPartOrder")]
    [InlineData("1 1", "InvalidPartOrder")]
    [InlineData("1 7", "InvalidPart")]
    [InlineData("4 5", "EntityTooSmall")]
    [InlineData("", "MalformedXML")]
    public void Parts_are_chosen_or_refused(string numbers, string? code)
    {
        var stored = new[] { Part(1, full), Part(2, full), Part(3, 1), Part(4, full - 1), Part(5, 1) };
        var listed = numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray();
        var document = new XElement(
            "CompleteMultipartUpload",
            listed.Select(number => Listed(number, stored.FirstOrDefault(part => part.Number == number)))
        );
        var (parts, error) = PartList.Choose(document, stored);
        Assert.Equal(code, error?.Code);
        Assert.Equal(code is null ? listed : [], parts.Select(part => part.Number));
    }

    private static XElement Listed(int number, UploadPart? part) =>
        new(
            "Part",
            new XElement("PartNumber", number),
            new XElement("ETag", part is null ? "\"0\"" : PartCalls.ETag(part))
        );

    private static UploadPart Part(int number, long size) =>
        new(number, new FileContent(Sha256Hash.Of([(byte)number]), size, 0), default);
}
