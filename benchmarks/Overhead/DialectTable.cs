using System.Globalization;
using RouterGen.FakeProviders;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>RouterGen in each wire format against an invoker that sends the same bytes and reads the answer with the same codec, and one that does not read it.</summary>
internal sealed class DialectTable(FakeProviderProcess server, HttpMessageHandler handler, HttpMessageInvoker transport)
{
    private const int Mine = 0;
    private const int Bare = 1;
    private const int Reading = 2;

    /// <summary>Measures all and prints a row for each.</summary>
    public async Task PrintAsync(TextWriter output, int rounds, Reply whole, Reply stream)
    {
        output.WriteLine($"{rounds} rounds, medians (p10 … p90) of RouterGen against the invoker that reads answers, and against the bare one");
        output.WriteLine($"  {"",-18}{"p50",26}{"CPU",26}{"more bytes",12}{"CPU, bare",26}");
        foreach (MeasuredDialect dialect in MeasuredDialect.All)
        {
            IContender[] contenders = await ContendersOf(dialect);
            await server.LoadAsync(dialect.Model, new ScriptDocument(whole));
            Row(dialect.Name, await Measurement.RunAsync([.. contenders.Select(one => (Func<Task<int>>)one.CallAsync)], rounds, blockSize: 100));
            await server.LoadAsync(dialect.Model, new ScriptDocument(stream));
            await VerifyAsync(contenders);
            Row(dialect.Name + ", stream", await Measurement.RunAsync([.. contenders.Select(one => (Func<Task<int>>)one.StreamAsync)], rounds, blockSize: 5));
        }

        void Row(string name, Cost[][] costs)
        {
            double more = Spread.Of(costs[Mine].Zip(costs[Reading], static (mine, theirs) => mine.Bytes - theirs.Bytes)).Median;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-18}{Ratio(costs, Reading, static c => c.P50),26}{Ratio(costs, Reading, static c => c.Cpu),26}{more,12:N0}{Ratio(costs, Bare, static c => c.Cpu),26}"));
        }
    }

    private async Task<IContender[]> ContendersOf(MeasuredDialect dialect)
    {
        Uri address = dialect.AddressOn(server.BaseAddress);
        await server.LoadAsync(dialect.Model, new ScriptDocument(new Reply { Text = "Hello." }));
        var capture = new CapturingHandler(handler); // not disposed: it would take the handler with it
        var observed = new Router(dialect.Group(new DialectModels(Router.OptionsFor(new HttpMessageInvoker(capture, disposeHandler: false), address))));
        await observed.CallAsync();
        CapturedRequest call = capture.Last!;
        await observed.StreamAsync();
        CapturedRequest stream = capture.Last!;
        return
        [
            new Router(dialect.Group(new DialectModels(Router.OptionsFor(transport, address)))),
            new BareInvoker(transport, call, stream),
            new BareInvoker(transport, call, stream, dialect.Codec),
        ];
    }

    private static async Task VerifyAsync(IContender[] contenders)
    {
        if (await contenders[Mine].StreamAsync() != await contenders[Reading].StreamAsync()) throw new InvalidOperationException("The two read different streams.");
    }

    private static string Ratio(Cost[][] costs, int other, Func<Cost, double> of)
    {
        Spread ratio = Spread.Of(costs[Mine].Zip(costs[other], (mine, theirs) => of(mine) / of(theirs)));
        return string.Create(CultureInfo.InvariantCulture, $"{ratio.Median:F2} ({ratio.P10:F2} … {ratio.P90:F2})");
    }
}
