using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Braid.Testing;

/// <summary>Ports that a test's server may have later: none that the system gives to whoever asks for any, or for an outgoing connection.</summary>
public static class FreePort
{
    private const int first = 20_000;
    private const int end = 32_000;

    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(first, end);
            using var socket = new TcpListener(IPAddress.Any, port);
            try
            {
                socket.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
