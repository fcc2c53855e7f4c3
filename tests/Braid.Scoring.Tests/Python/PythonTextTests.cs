using System.Globalization;
using Braid.Scoring.Python;
using Braid.Scoring.Tests.Hosting;
using Braid.Testing;

namespace Braid.Scoring.Tests.Python;

public sealed class PythonTextTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345.0, "123456789012345.0")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(9007199254740993.0, "9007199254740992.0")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(9.9999999999999995, "10.0")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Floats_are_written_as_Python_writes_them(double number, string written) =>
        Assert.Equal(written, PythonText.Float(number));

    [Fact]
    public async Task Random_floats_are_written_as_Python_writes_them()
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        var random = new Random(seed);
        var numbers = Enumerable
            .Range(0, 2000)
            .Select(at =>
                at % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : random.Next(100000) / 100.0
            )
            .Where(double.IsFinite)
            .ToList();
        var bits = numbers.Select(number =>
            BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture)
        );

        var theirs = await ProgramRun.OutputAsync(
            Pythons.Debians,
            [
                "-c",
                "import sys, struct\nfor word in sys.argv[1:]: print(struct.unpack('>d', bytes.fromhex(word))[0])",
                .. bits,
            ],
            "/"
        );

        Assert.Equal(theirs.TrimEnd().Split('\n'), numbers.Select(PythonText.Float));
    }

    [Theory]
    [InlineData("it's", "\"it's\"")]
    [InlineData("say \"it's\"", "'say \"it\\'s\"'")]
    [InlineData("a\\b\n", "'a\\\\b\\n'")]
    [InlineData("\u0001", "'\\x01'")]
    public void Texts_are_quoted_as_Python_quotes_them(string text, string quoted) =>
        Assert.Equal(quoted, PythonText.Repr(text));
}
