using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.OpenIdConnect.Tests.Support;

/// <summary>A browser in front of a gateway whose page is elsewhere for those outside: it keeps cookies by their paths, and goes where it is sent, a step at a time.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="pageAddress">Where the page is for those outside.</param>
internal sealed class Browser(Uri gateway, string pageAddress) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly string _outside = new Uri(pageAddress).AbsolutePath[..^"/ui".Length];

    /// <summary>Gets the cookies by their names.</summary>
    public Dictionary<string, (string Value, string Path)> Cookies { get; } = [];

    /// <summary>Gets what was set of each cookie the last time.</summary>
    public Dictionary<string, SetCookieHeaderValue> Set { get; } = [];

    /// <summary>Sends a request to the gateway, by the path that it has for those outside.</summary>
    public async Task<Got> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(gateway, path)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        string outside = _outside + request.RequestUri!.AbsolutePath;
        string cookies = string.Join("; ", Cookies.Where(cookie => outside.StartsWith(cookie.Value.Path, StringComparison.Ordinal)).Select(cookie => $"{cookie.Key}={cookie.Value.Value}"));
        if (cookies.Length > 0) request.Headers.TryAddWithoutValidation("cookie", cookies);
        foreach ((string name, string value) in headers)
        {
            if (name is "host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        foreach (SetCookieHeaderValue cookie in SetCookieHeaderValue.ParseList([.. response.Headers.TryGetValues("set-cookie", out IEnumerable<string>? all) ? all : []]))
        {
            string name = cookie.Name.ToString();
            Set[name] = cookie;
            if (cookie.Expires < DateTimeOffset.UtcNow) Cookies.Remove(name);
            else Cookies[name] = (cookie.Value.ToString(), cookie.Path.ToString());
        }

        return new Got((int)response.StatusCode, response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase), await response.Content.ReadAsStringAsync());
    }

    public Task<Got> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Presses the button, and lets the provider say yes.</summary>
    /// <returns>Where the provider sends the browser.</returns>
    public async Task<string> BeginAsync(params (string Name, string Value)[] headers)
    {
        Got begun = await GetAsync("/ui/sign-in", headers);
        Assert.True(begun.Status is 302, begun.Body);
        using HttpResponseMessage answered = await _http.GetAsync(new Uri(begun.Headers["Location"]));
        Assert.Equal(HttpStatusCode.Redirect, answered.StatusCode);
        return answered.Headers.Location!.AbsoluteUri;
    }

    /// <summary>Goes back to the gateway.</summary>
    /// <returns>Where the gateway sends the browser.</returns>
    public async Task<string> EndAsync(string address)
    {
        Assert.StartsWith(pageAddress + "/", address, StringComparison.Ordinal);
        Got ended = await GetAsync("/ui" + address[pageAddress.Length..]);
        Assert.True(ended.Status is 302, $"{ended.Status} {ended.Body}");
        return ended.Headers["Location"];
    }

    /// <summary>Signs in.</summary>
    /// <returns>Where the gateway sends the browser in the end.</returns>
    public async Task<string> SignInAsync() => await EndAsync(await BeginAsync());

    /// <summary>Returns an address with another value of a parameter.</summary>
    public static string With(string address, string name, string value)
    {
        string[] parts = address.Split('?');
        return QueryHelpers.AddQueryString(parts[0], QueryHelpers.ParseQuery(parts[1]).ToDictionary(one => one.Key, one => one.Key == name ? value : one.Value.ToString())!);
    }

    public void Dispose() => _http.Dispose();
}
