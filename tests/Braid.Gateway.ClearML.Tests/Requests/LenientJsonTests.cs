using System.Text;
using System.Text.Json;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Gateway.ClearML.Tests.Requests;

public sealed class LenientJsonTests
{
    [Theory]
    [InlineData("{\"a\":NaN}", "{\"a\":\"NaN\"}")]
    [InlineData("[Infinity,-Infinity]", "[\"Infinity\",\"-Infinity\"]")]
    [InlineData("{\"NaN \\\" NaN\":[NaN,\"NaN\"]}", "{\"NaN \\\" NaN\":[\"NaN\",\"NaN\"]}")]
    [InlineData("\"\\ud83d\\ude00\"", "\"😀\"")]
    [InlineData("\"\\ud83d x\"", "\"\uFFFD x\"")]
    [InlineData("\"\\udc80\\\\ud800\"", "\"\uFFFD\\\\ud800\"")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", "\"\uFFFD😀\"")]
    [InlineData("\"a\\u0000\\\\u0000\"", "\"a\uFFFD\\\\u0000\"")]
    [InlineData("[1,]", "[1]")]
    public void Python_writes_it_and_it_is_read(string json, string expected)
    {
        var node = LenientJson.Parse(Encoding.UTF8.GetBytes(json));

        using var document = JsonDocument.Parse(expected);
        Assert.Equal(
            JsonSerializer.Serialize(document.RootElement),
            JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(node!.ToJsonString()))
        );
    }

    [Fact]
    public void Bytes_that_are_not_utf8_become_replacement_characters() =>
        Assert.Equal(
            "a\uFFFDb",
            LenientJson.Parse([(byte)'"', (byte)'a', 0xFF, (byte)'b', (byte)'"'])!.GetValue<string>()
        );

    [Theory]
    [InlineData("\"abc\\")]
    [InlineData("\"abc\\u12")]
    [InlineData("\"NaN")]
    [InlineData("Na")]
    [InlineData("N")]
    public void Cut_text_is_refused_as_not_json(string json) =>
        Assert.ThrowsAny<JsonException>(() => LenientJson.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Random_text_is_read_or_refused_but_never_crashes()
    {
        var random = new Random(20261121);
        var alphabet = "{}[]\",:\\uNaInfity-0123456789dD8c truefalsn\n"u8.ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var text = new byte[random.Next(24)];
            for (var at = 0; at < text.Length; at++)
            {
                text[at] = alphabet[random.Next(alphabet.Length)];
            }

            try
            {
                LenientJson.Parse(text)?.ToJsonString();
            }
            catch (JsonException) { }
        }
    }
}
