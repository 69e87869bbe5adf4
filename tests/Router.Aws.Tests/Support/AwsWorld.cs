using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using RouterGen.Infrastructure;

namespace RouterGen.Aws.Tests.Support;

/// <summary>A machine with variables, files and servers that a test makes up, and a clock that stands still.</summary>
internal sealed class AwsWorld : IDisposable
{
    public const string Model = "https://bedrock-runtime.eu-west-1.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("routergen-aws-");

    public AwsWorld()
    {
        Variables["HOME"] = _directory.FullName;
        Variables["AWS_EC2_METADATA_DISABLED"] = "true";
        Context = new PlatformContext(Time, name => Variables.GetValueOrDefault(name));
        Environment = new AwsEnvironment(Context.Variables, Time, () => Servers);
    }

    public Dictionary<string, string> Variables { get; } = [];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 29, 8, 0, 0, TimeSpan.Zero));

    public FakeServers Servers { get; } = new();

    public PlatformContext Context { get; }

    public AwsEnvironment Environment { get; }

    /// <summary>Writes a file below the home directory, and returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>What authorises requests with the keys that the machine has.</summary>
    public Authorizer Default() => new SigningCredentials(static environment => new DefaultKeys(environment), () => Servers).CreateAuthorizer(Context);

    /// <summary>Authorises a request to a model, which it returns.</summary>
    public async Task<HttpRequestMessage> SignAsync(Authorizer authorizer, string address = Model)
    {
        HttpRequestMessage message = Request(address);
        Assert.Null(await authorizer.AuthorizeAsync(new RequestToAuthorize(message, "{}"u8.ToArray(), Time, isAsync: true, CancellationToken.None)));
        return message;
    }

    /// <summary>Expects that a request cannot be authorised.</summary>
    public async Task<AttemptFailure> FailAsync(Authorizer authorizer)
    {
        AttemptFailure? failure = await authorizer.AuthorizeAsync(new RequestToAuthorize(Request(Model), "{}"u8.ToArray(), Time, isAsync: true, CancellationToken.None));
        Assert.NotNull(failure);
        Assert.Equal(FailureScope.Key, failure.Scope);
        return failure;
    }

    /// <summary>The access key and the scope with which a request was signed.</summary>
    public static string SignedWith(HttpRequestMessage message)
    {
        string header = message.Headers.GetValues("Authorization").Single();
        return header["AWS4-HMAC-SHA256 Credential=".Length..header.IndexOf(',')];
    }

    public HttpResponseMessage Refusal(string? type = null, TimeSpan skew = default)
    {
        var refusal = new HttpResponseMessage(HttpStatusCode.Forbidden);
        refusal.Headers.Date = Time.GetUtcNow() + skew;
        if (type is not null) refusal.Headers.TryAddWithoutValidation("x-amzn-ErrorType", type);
        return refusal;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static HttpRequestMessage Request(string address)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return message;
    }
}

/// <summary>Servers by the start of an address; what was asked is kept.</summary>
internal sealed class FakeServers : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpRequestMessage, Task<HttpResponseMessage>>> _answers = [];

    /// <summary>The requests: method, address, and body where there is one.</summary>
    public List<string> Asked { get; } = [];

    public List<HttpRequestMessage> Requests { get; } = [];

    public FakeServers On(string start, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        On(start, _ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8) }));

    public FakeServers On(string start, Func<HttpRequestMessage, Task<HttpResponseMessage>> answer)
    {
        _answers[start] = answer;
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string asked = $"{request.Method} {request.RequestUri!.AbsoluteUri}";
        lock (Asked)
        {
            Asked.Add(asked + (request.Content is null ? "" : " " + request.Content.ReadAsStringAsync(cancellationToken).GetAwaiter().GetResult()));
            Requests.Add(request);
        }

        string? start = _answers.Keys.Where(key => asked.StartsWith(key, StringComparison.Ordinal)).MaxBy(static key => key.Length);
        if (start is null) throw new HttpRequestException(HttpRequestError.ConnectionError, $"Nothing answers at {request.RequestUri}.");
        return await _answers[start](request).WaitAsync(cancellationToken);
    }

    // The sources dispose what they sent requests with.
    protected override void Dispose(bool disposing)
    {
    }
}
