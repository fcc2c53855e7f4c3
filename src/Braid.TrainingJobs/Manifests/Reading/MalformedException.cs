namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>A text is no manifest's. Thrown from within the readers, and answered as an error by <see cref="ManifestReader"/>.</summary>
internal sealed class MalformedException(string message) : Exception(message);
