using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>The host's limit of a body: it would refuse with an answer that is not this protocol's, and hang up.</summary>
internal static class BodyLimit
{
    public static void LiftBodyLimit(this HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
