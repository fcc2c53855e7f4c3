using System.Globalization;

namespace Digits.Features;

/// <summary>
/// What is learnt from: the 64 pixels, and how strongly strokes run in each of eight directions in each of 4 x 4 zones
/// (a histogram of gradients), 192 numbers in all.
/// </summary>
internal static class FeatureVector
{
    private const int Zones = 4;
    private const int Directions = 8;
    private const double HistogramScale = 0.25;

    /// <summary>The label, then the numbers, with commas between.</summary>
    public static string LineOf(DigitImage image) =>
        string.Join(
            ',',
            Of(image).Select(number => number.ToString("G5", CultureInfo.InvariantCulture)).Prepend(Label(image))
        );

    public static double[] Of(DigitImage image)
    {
        var features = new double[DigitImage.Side * DigitImage.Side + Zones * Zones * Directions];
        for (var row = 0; row < DigitImage.Side; row++)
        {
            for (var column = 0; column < DigitImage.Side; column++)
            {
                features[row * DigitImage.Side + column] = image.Ink(row, column);
                AddGradient(features, image, row, column);
            }
        }

        return features;
    }

    private static void AddGradient(double[] features, DigitImage image, int row, int column)
    {
        var across = image.Ink(row, column + 1) - image.Ink(row, column - 1);
        var down = image.Ink(row + 1, column) - image.Ink(row - 1, column);
        var turn = (Math.Atan2(down, across) + Math.PI) / (2 * Math.PI);
        var direction = (int)(turn * Directions) % Directions;
        var zone = row / 2 * Zones + column / 2;
        features[DigitImage.Side * DigitImage.Side + zone * Directions + direction] +=
            Math.Sqrt(across * across + down * down) * HistogramScale;
    }

    private static string Label(DigitImage image) => image.Label.ToString(CultureInfo.InvariantCulture);
}
