using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Braid.Gateway.Web;

/// <summary>Requests that carry a file: it has any size, and who writes it does so at any pace.</summary>
internal static class LargeBody
{
    /// <summary>Lifts the host's limits; before the first byte is read.</summary>
    public static void Expect(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
