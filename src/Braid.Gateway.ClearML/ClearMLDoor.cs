using Braid.Gateway.ClearML.Files;
using Braid.Gateway.ClearML.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.ClearML;

/// <summary>ClearML's two ports. Each takes all that arrives at <c>app</c>: nothing behind it sees a request.</summary>
public static class ClearMLDoor
{
    /// <summary>The REST API (by convention port 8008).</summary>
    public static void MapApi(IApplicationBuilder app, ClearMLRooms rooms)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILogger<ApiServer>>();
        app.Run(new ApiServer(rooms, EndpointTable.Instance, logger).AnswerAsync);
    }

    /// <summary>The file server (by convention port 8081).</summary>
    public static void MapFiles(IApplicationBuilder app, ClearMLRooms rooms)
    {
        var logger = app.ApplicationServices.GetRequiredService<ILogger<FileServer>>();
        app.Run(new FileServer(rooms, logger).AnswerAsync);
    }
}
