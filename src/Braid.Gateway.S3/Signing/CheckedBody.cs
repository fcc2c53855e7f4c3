namespace Braid.Gateway.S3.Signing;

/// <summary>Passes a body on and, at its end, fails when it is not what was promised.</summary>
internal sealed class CheckedBody(Stream inner, BodyChecks checks) : ReadOnlyBody
{
    private bool ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        checks.Append(buffer.Span[..count]);
        if (count == 0 && buffer.Length > 0 && !ended)
        {
            ended = true;
            checks.End();
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            checks.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
