using System.Net.Http.Headers;
using System.Text;

namespace FleetSample;

/// <summary>Clients that ask all gateways in turn, more often than the limit allows.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stop = new();
    private readonly GatewayProcess[] _gateways;
    private readonly Task[] _clients;
    private int _answered;
    private int _refused;
    private int _failed;

    public Load(GatewayProcess[] gateways, string key, int clients)
    {
        _gateways = gateways;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _clients = [.. Enumerable.Range(0, clients).Select(RunAsync)];
    }

    /// <summary>Gets how many requests were answered, refused by the limit, and failed otherwise.</summary>
    public (int Answered, int Refused, int Failed) Counts => (Volatile.Read(ref _answered), Volatile.Read(ref _refused), Volatile.Read(ref _failed));

    /// <summary>Sends nothing more, and waits for what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(int client)
    {
        for (int i = client; !_stop.IsCancellationRequested; i++)
        {
            GatewayProcess gateway = _gateways[i % _gateways.Length];
            try
            {
                using var content = new StringContent("""{"model":"chat","messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json");
                using HttpResponseMessage response = await _http.PostAsync($"http://127.0.0.1:{gateway.Port}/v1/chat/completions", content);
                await response.Content.ReadAsByteArrayAsync();
                Interlocked.Increment(ref response.IsSuccessStatusCode ? ref _answered : ref (int)response.StatusCode == 429 ? ref _refused : ref _failed);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                Interlocked.Increment(ref _failed); // That gateway is down: the next one is asked.
            }

            await Task.Delay(200);
        }
    }
}
