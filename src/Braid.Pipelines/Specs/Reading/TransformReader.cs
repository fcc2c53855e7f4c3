using Braid.Primitives;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>Reads the code of a normalised spec.</summary>
internal static class TransformReader
{
    public static Result<Transform> Read(SpecFields? fields)
    {
        if (fields is null)
        {
            return Errors.NoTransform();
        }

        var transform = new Transform
        {
            Image = fields.Text("image"),
            Cmd = fields.Texts("cmd"),
            Stdin = fields.Texts("stdin"),
            ErrCmd = fields.Texts("errCmd"),
            ErrStdin = fields.Texts("errStdin"),
            Env = fields.Map("env"),
            Secrets = [.. fields.Messages("secrets").Select(ReadSecret)],
            AcceptReturnCode = fields.Numbers("acceptReturnCode"),
            WorkingDir = fields.Text("workingDir"),
            User = fields.Text("user"),
            DatumBatching = fields.Flag("datumBatching"),
            MemoryVolume = fields.Flag("memoryVolume"),
            Dockerfile = fields.Text("dockerfile"),
            Debug = fields.Flag("debug"),
        };
        return (fields.Error ?? Check(transform)) is { } refused ? refused : transform;
    }

    private static Error? Check(Transform transform) =>
        transform.Cmd is [] ? Errors.NoCommand()
        : transform.Secrets.Any(secret => secret.Name.Length == 0) ? Errors.SecretWithoutName()
        : transform.Secrets.FirstOrDefault(secret => secret is { Key: "", EnvVar.Length: > 0 }) is { } bad
            ? Errors.SecretWithoutKey(bad.Name)
        : null;

    private static SecretMount ReadSecret(SpecFields fields) =>
        new(fields.Text("name"), fields.Text("key"), fields.Text("mountPath"), fields.Text("envVar"));
}
