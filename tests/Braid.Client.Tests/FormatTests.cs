using System.Text.Json;
using Braid.Client.Capture;
using Braid.Client.Formats;

namespace Braid.Client.Tests;

public sealed class FormatTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Pixels_come_out_of_a_png_as_they_went_in(int channels)
    {
        var pixels = new byte[7 * 5 * channels];
        new Random(channels).NextBytes(pixels);
        Assert.Equal(pixels, PngPixels.Read(Png.Encode(pixels, 7, 5, channels)));
    }

    [Fact]
    public void A_wav_file_says_its_rate_and_clips_what_is_too_loud()
    {
        var wav = Wav.Encode([0f, 1f, -1f, 2f, float.NaN, 0.5f], 8000, 2);
        Assert.Equal("RIFF"u8.ToArray(), wav[..4]);
        Assert.Equal(wav.Length - 8, BitConverter.ToInt32(wav, 4));
        Assert.Equal((8000, 8000 * 4), (BitConverter.ToInt32(wav, 24), BitConverter.ToInt32(wav, 28)));
        Assert.Equal(
            [0, 32767, -32767, 32767, 0, 16384],
            Enumerable.Range(0, 6).Select(i => BitConverter.ToInt16(wav, 44 + (i * 2)))
        );
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 2, 3 }, "[1,2,3]", "[1,3]")]
    [InlineData(new[] { 5.0, 5 }, "[4.5,5,5.5]", "[0,2]")]
    [InlineData(new double[0], "[0,0.5,1]", "[0,0]")]
    [InlineData(new[] { double.NaN, double.PositiveInfinity, 0, 1 }, "[0,0.5,1]", "[1,1]")]
    public void Values_are_counted_between_edges(double[] values, string edges, string counts)
    {
        var json = JsonElement.Parse(Histogram.Count<double>(values, 2));
        Assert.Equal(
            (edges, counts),
            (json.GetProperty("edges").GetRawText(), json.GetProperty("counts").GetRawText())
        );
    }

    [Fact]
    public void A_table_keeps_what_its_cells_are()
    {
        var json = TableJson.Of(
            ["a"],
            [
                [1],
                [2.5],
                [null],
                [true],
                ["x"],
                [double.NaN],
                [1.5m],
            ]
        );
        Assert.Equal(
            """{"columns":["a"],"data":[[1],[2.5],[null],[true],["x"],["NaN"],[1.5]]}""",
            System.Text.Encoding.UTF8.GetString(json)
        );
    }

    [Fact]
    public void The_checksum_is_the_standards() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void A_command_line_becomes_parameters() =>
        Assert.Equal(
            ["0=train", "rate=0.1", "deep=True", "width=64", "last=True"],
            CommandLine
                .Parse(["train", "--rate", "0.1", "--deep", "--width=64", "-last"])
                .Select(pair => $"{pair.Key}={pair.Value}")
        );

    [Fact]
    public void A_negative_number_on_a_command_line_is_a_value_and_secrets_are_hidden() =>
        Assert.Equal(
            [
                "shift=-2",
                "low=-.5",
                "4=-7",
                "api-key=********",
                "token=********",
                "data=http://********@host/path",
                "in=-",
                "max_tokens=512",
            ],
            CommandLine
                .Parse([
                    "--shift",
                    "-2",
                    "--low",
                    "-.5",
                    "-7",
                    "--api-key",
                    "abc",
                    "--token=abc",
                    "--data=http://user:abc@host/path",
                    "--in",
                    "-",
                    "--max_tokens=512",
                ])
                .Select(pair => $"{pair.Key}={pair.Value}")
        );
}
