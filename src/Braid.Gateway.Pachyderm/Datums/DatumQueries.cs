using Braid.Pipelines.Datums;

namespace Braid.Gateway.Pachyderm.Datums;

/// <summary>Which datums of a job a request asks for.</summary>
internal static class DatumQueries
{
    public static Result<DatumQuery> Read(Pps.ListDatumRequest request)
    {
        Sha256Hash? after = null;
        if (request.PaginationMarker.Length > 0)
        {
            if (!Sha256Hash.TryParse(request.PaginationMarker, out var marker))
            {
                return Errors.BadDatumMarker(request.PaginationMarker);
            }

            after = marker;
        }

        return new DatumQuery
        {
            States = [.. request.Filter?.State.Select(DatumMessages.State).OfType<DatumState>() ?? []],
            After = after,
            Backwards = request.Reverse,
        };
    }
}
