using System.Globalization;
using System.Xml.Linq;
using Braid.Data.Uploads;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Requests;

namespace Braid.Gateway.S3.Multipart;

/// <summary>The parts that a client wants its object made of.</summary>
internal static class PartList
{
    private const long smallestPart = 5 * 1024 * 1024;

    /// <summary>The stored parts that the document lists, in its order, which must ascend; all but the last of full size.</summary>
    public static (IReadOnlyList<UploadPart> Parts, S3Error? Error) Choose(
        XElement document,
        IReadOnlyList<UploadPart> stored
    )
    {
        var byNumber = stored.ToDictionary(part => part.Number);
        var chosen = new List<UploadPart>();
        foreach (var listed in document.Elements().Where(element => element.Name.LocalName == "Part"))
        {
            if (Find(listed, byNumber) is not { } part)
            {
                return ([], S3Error.InvalidPart);
            }

            if (chosen.Count > 0 && chosen[^1].Number >= part.Number)
            {
                return ([], S3Error.InvalidPartOrder);
            }

            chosen.Add(part);
        }

        return chosen.Count == 0 ? ([], S3Error.MalformedXml)
            : chosen.SkipLast(1).Any(part => part.Content.Size < smallestPart) ? ([], S3Error.EntityTooSmall)
            : (chosen, null);
    }

    private static UploadPart? Find(XElement listed, Dictionary<int, UploadPart> stored) =>
        int.TryParse(listed.Child("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && stored.TryGetValue(number, out var part)
        && listed.Child("ETag")?.Trim('"') == PartCalls.ETag(part).Trim('"')
            ? part
            : null;
}
