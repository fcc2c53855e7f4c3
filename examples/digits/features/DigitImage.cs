using System.Globalization;

namespace Digits.Features;

/// <summary>A handwritten digit: 8 x 8 pixels from 0 (paper) to 16 (ink), row by row, and the digit that somebody said it is.</summary>
internal sealed record DigitImage(int[] Pixels, int Label)
{
    public const int Side = 8;

    /// <summary>A line of the data set: 64 pixels and the label, with commas between.</summary>
    public static DigitImage Parse(string line)
    {
        var numbers = line.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return numbers.Length == Side * Side + 1
            ? new(numbers[..^1], numbers[^1])
            : throw new FormatException(
                $"expected {Side * Side} pixels and a label, got {numbers.Length} numbers: {line}"
            );
    }

    /// <summary>Ink from 0 to 1; outside the image there is none.</summary>
    public double Ink(int row, int column) =>
        row is >= 0 and < Side && column is >= 0 and < Side ? Pixels[row * Side + column] / 16.0 : 0;
}
