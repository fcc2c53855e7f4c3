using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Braid.Gateway.Web;

/// <summary>Reads what is asked, as JSON, which no other site's form can send.</summary>
internal static class JsonBody
{
    private const int mostBytes = 1 << 20;

    /// <param name="most">Bytes that are read.</param>
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, int most = mostBytes)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return Wrong("send it as application/json");
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, type, request.HttpContext.RequestAborted);
            return body is null ? Wrong("expected an object") : body;
        }
        catch (JsonException malformed)
        {
            return Wrong(malformed.Message);
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Wrong($"it has more than {most} bytes");
        }
    }

    /// <summary>An object of which the caller reads what it knows.</summary>
    public static Task<Result<JsonObject>> ReadAsync(HttpRequest request) =>
        ReadAsync(request, JsonObjects.Default.JsonObject);

    private static Error Wrong(string why) =>
        new(ErrorKind.InvalidArgument, "web.bad-body", $"what was sent cannot be read: {why}");
}

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class JsonObjects : JsonSerializerContext;
