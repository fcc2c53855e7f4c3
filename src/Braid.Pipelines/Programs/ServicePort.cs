using System.Net;
using System.Net.Sockets;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Programs;

/// <summary>
/// The port of a service. Programs share the machine's network, so the internal port is the machine's; where the external one
/// is another, what comes there is passed on.
/// </summary>
internal sealed class ServicePort : IAsyncDisposable
{
    private readonly PortForwarder? forwarder;

    private ServicePort(PortForwarder? forwarder) => this.forwarder = forwarder;

    /// <param name="service">Null: the program listens nowhere.</param>
    public static Result<ServicePort> Open(Service? service)
    {
        if (service is null || service.InternalPort == 0)
        {
            return new ServicePort(null);
        }

        if (!PortForwarder.IsFree(service.InternalPort))
        {
            return Errors.PortTaken(service.InternalPort);
        }

        if (service.ExternalPort == service.InternalPort || service.ExternalPort == 0)
        {
            return new ServicePort(null);
        }

        try
        {
            return new ServicePort(PortForwarder.Start(IPAddress.Any, service.ExternalPort, service.InternalPort));
        }
        catch (SocketException)
        {
            return Errors.PortTaken(service.ExternalPort);
        }
    }

    public ValueTask DisposeAsync() => forwarder?.DisposeAsync() ?? ValueTask.CompletedTask;
}
