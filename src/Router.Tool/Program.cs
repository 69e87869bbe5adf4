using System.Text;
using RouterGen.Tool.Commands;
using RouterGen.Tool.Top;

Console.OutputEncoding = Encoding.UTF8;
using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first press ends the command in order, a second one the process.
    pressed.Cancel = !stopping.IsCancellationRequested;
    stopping.Cancel();
};

bool isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };
#pragma warning disable RS0030 // The one place where the machine's clock comes in.
TimeProvider time = TimeProvider.System;
#pragma warning restore RS0030
var environment = new ToolEnvironment
{
    Out = Console.Out,
    Error = Console.Error,
    Directory = Directory.GetCurrentDirectory(),
    Variable = Environment.GetEnvironmentVariable,
    Time = time,
    Processes = new DiagnosticProcesses(time),
    Handler = static () => new SocketsHttpHandler(),
    Width = Console.IsOutputRedirected ? 1000 : Math.Max(60, Console.WindowWidth),
    IsTerminal = isTerminal,
};
return await ToolHost.RunAsync(args, environment, stopping.Token);
