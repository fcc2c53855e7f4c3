using System.Text.Json;
using System.Text.Json.Nodes;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>
/// The frame around every reply of the API, errors included. A client that gets JSON without <c>meta</c> repeats its
/// request for ever, without a pause.
/// </summary>
internal sealed record Envelope
{
    /// <summary>The server's name for this request.</summary>
    public required string Id { get; init; }

    /// <summary>The client's name for this request; the server's when it gave none.</summary>
    public required string Transaction { get; init; }

    public required string Endpoint { get; init; }
    public required string RequestedVersion { get; init; }
    public required string ActualVersion { get; init; }

    /// <summary>Writes the reply; <paramref name="code"/> is the HTTP status too.</summary>
    public void Write(Utf8JsonWriter json, ReplyCode code, string message, JsonObject data)
    {
        json.WriteStartObject();
        json.WriteStartObject("meta"u8);
        WriteOrigin(json);
        json.WriteNumber("result_code"u8, code.Code);
        json.WriteNumber("result_subcode"u8, code.Subcode);
        json.WriteString("result_msg"u8, message);
        json.WriteNull("error_stack"u8);
        json.WriteStartObject("error_data"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WritePropertyName("data"u8);
        data.WriteTo(json);
        json.WriteEndObject();
    }

    private void WriteOrigin(Utf8JsonWriter json)
    {
        json.WriteString("id"u8, Id);
        json.WriteString("trx"u8, Transaction);
        json.WriteStartObject("endpoint"u8);
        json.WriteString("name"u8, Endpoint);
        json.WriteString("requested_version"u8, RequestedVersion);
        json.WriteString("actual_version"u8, ActualVersion);
        json.WriteEndObject();
    }
}
