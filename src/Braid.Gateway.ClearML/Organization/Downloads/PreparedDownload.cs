using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Organization.Downloads;

/// <summary>
/// The request for a file, as the id by which a browser fetches it. The request itself is the id, so nothing is kept for it; who
/// fetches the file is asked again whether they may.
/// </summary>
internal static class PreparedDownload
{
    /// <summary>In characters: the id is part of an address.</summary>
    private const int longest = 6000;

    /// <summary>In bytes, of the request within an id.</summary>
    private const int largest = 64 << 10;

    public static Result<string> ToId(JsonObject request)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(System.Text.Encoding.UTF8.GetBytes(request.ToJsonString()));
        }

        var id = Base64Url.EncodeToString(packed.ToArray());
        return id.Length > longest ? Errors.DownloadTooLong(id.Length, longest) : id;
    }

    /// <summary>An error for any text that is no such id.</summary>
    public static Result<JsonObject> FromId(string id)
    {
        try
        {
            using var packed = new MemoryStream(Base64Url.DecodeFromChars(id));
            using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
            var request = new byte[largest];
            var length = brotli.ReadAtLeast(request, request.Length, throwOnEndOfStream: false);
            return RequestBody.ParseObject(request.AsSpan(0, length), "the prepared request");
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or InvalidOperationException)
        {
            return Errors.NoSuchDownload();
        }
    }
}
