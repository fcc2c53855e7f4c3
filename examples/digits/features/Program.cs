using Braid.Client.Jobs;
using Digits.Features;

// A datum is one file of images; its feature vectors get the same name.
var job = PipelineJob.Current;
foreach (var file in job.InputFiles("digits"))
{
    var images = File.ReadLines(file).Select(DigitImage.Parse).ToList();
    var name = Path.GetRelativePath(job.Input("digits"), file);
    File.WriteAllLines(job.OutputFile(name), images.Select(FeatureVector.LineOf));
    Console.WriteLine($"{name}: {images.Count} images");
}
