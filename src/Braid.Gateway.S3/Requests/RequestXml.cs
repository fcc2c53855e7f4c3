using System.Xml;
using System.Xml.Linq;

namespace Braid.Gateway.S3.Requests;

/// <summary>Reads the small documents that some calls send.</summary>
internal static class RequestXml
{
    private const long longest = 4 * 1024 * 1024;

    /// <summary>The root element; null when it is not well-formed XML, or has a DTD, or is too long.</summary>
    public static async Task<XElement?> ReadAsync(S3Request request)
    {
        var settings = new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = longest,
        };
        try
        {
            using var reader = XmlReader.Create(request.Body, settings);
            return await XElement.LoadAsync(reader, LoadOptions.None, request.Aborted);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The text of the child of that name, whatever its namespace.</summary>
    public static string? Child(this XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;
}
