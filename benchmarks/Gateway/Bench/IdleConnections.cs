using System.Globalization;
using System.Net.Sockets;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>What connections cost on which nothing is said.</summary>
internal static class IdleConnections
{
    /// <summary>Opens connections to each contender, and prints its memory with them.</summary>
    public static async Task PrintAsync(TextWriter output, List<Contender> contenders, int count)
    {
        foreach (Contender contender in contenders)
        {
            long before = contender.Memory;
            List<Socket> sockets = [];
            try
            {
                for (int i = 0; i < count; i++)
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    sockets.Add(socket);
                    await socket.ConnectAsync(contender.Address);
                }

                await new LoadGenerator(contender.Address, Work.All[0], contender.Key, contender.Headers).RunAsync(1, TimeSpan.FromSeconds(1)); // it still answers
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contender.Name}: {contender.Memory / 1e6:F0} MB with {count} idle connections, {before / 1e6:F0} MB before"));
            }
            finally
            {
                foreach (Socket socket in sockets) socket.Dispose();
            }
        }
    }
}
