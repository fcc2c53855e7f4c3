using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Braid.Gateway.Web.Workloads;

/// <summary>Reads what is asked, as JSON, which no other site's form can send.</summary>
internal static class RecordBody
{
    private const int mostBytes = 1 << 20;

    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return Wrong("send it as application/json");
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = mostBytes;
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
            return Wrong($"it has more than {mostBytes} bytes");
        }
    }

    private static Error Wrong(string why) =>
        new(ErrorKind.InvalidArgument, "web.bad-record", $"this cannot be understood: {why}");
}
