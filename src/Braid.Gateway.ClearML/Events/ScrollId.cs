using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// Where a client goes on reading, as text that only this server reads: a JSON list in base64url. So nothing is kept here
/// between calls, and a scroll outlives the server.
/// </summary>
internal static class ScrollId
{
    public static string Write(params JsonNode?[] parts) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new JsonArray(parts).ToJsonString()));

    /// <summary>The parts of the request's scroll id; null when it has none, and when it is none (which is refused).</summary>
    public static T? Read<T>(Fields fields, Func<JsonArray, T> read)
        where T : class
    {
        if (fields.Text("scroll_id") is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(text)) is JsonArray parts ? read(parts) : Refuse<T>(fields);
        }
        catch (Exception error)
            when (error
                    is FormatException
                        or JsonException
                        or InvalidOperationException
                        or ArgumentException
                        or NullReferenceException
            )
        {
            return Refuse<T>(fields);
        }
    }

    private static T? Refuse<T>(Fields fields)
        where T : class
    {
        fields.Refuse(Errors.InvalidScroll());
        return null;
    }
}
