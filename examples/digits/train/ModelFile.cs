namespace Digits.Train;

/// <summary>The model's bytes: what the Fourier map is made from (width, gamma, seed), then the weights class by class.</summary>
internal static class ModelFile
{
    public static void Write(string path, TrainingSettings settings, SoftmaxClassifier classifier)
    {
        using var file = new BinaryWriter(File.Create(path));
        file.Write("digits-1"u8);
        file.Write(settings.Width);
        file.Write(settings.Gamma);
        file.Write(settings.Seed);
        foreach (var weight in classifier.Weights.SelectMany(weights => weights))
        {
            file.Write(weight);
        }
    }
}
