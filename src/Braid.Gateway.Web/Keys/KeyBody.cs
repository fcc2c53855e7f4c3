using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Keys;

/// <summary>What is asked for: <c>{"label": "laptop"}</c>, as JSON, which no other site's form can send.</summary>
internal static class KeyBody
{
    public static async Task<Result<string>> ReadLabelAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return Wrong("send it as application/json");
        }

        try
        {
            var body = await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return body is JsonObject fields ? fields["label"]?.GetValue<string>() ?? "" : Wrong("expected an object");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return Wrong(malformed.Message);
        }
    }

    private static Error Wrong(string why) =>
        new(ErrorKind.InvalidArgument, "web.bad-key-request", $"this does not ask for a key pair: {why}");
}
