using System.Net;
using RouterGen.Aws.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Aws.Tests;

/// <summary>Where keys come from: what each source is asked, the order of the sources, and the message where none has keys.</summary>
public sealed class SourceTests : IDisposable
{
    private const string InOneHour = "2026-11-29T09:00:00Z";
    private const string Json = $$"""{"AccessKeyId":"AKJSON","SecretAccessKey":"s3cret","Token":"t0ken","Expiration":"{{InOneHour}}"}""";

    private const string StsAnswer =
        $"<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKROLE</AccessKeyId><SecretAccessKey>s3cret</SecretAccessKey><SessionToken>t0ken==</SessionToken><Expiration>{InOneHour}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

    private readonly AwsWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Variables_go_before_all_else()
    {
        _world.Variables["AWS_ACCESS_KEY_ID"] = "AKVARIABLE";
        _world.Variables["AWS_SECRET_ACCESS_KEY"] = "secret";
        _world.Variables["AWS_SESSION_TOKEN"] = "token";
        _world.Write(".aws/credentials", "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = secret\n");

        HttpRequestMessage message = await _world.SignAsync(_world.Default());

        Assert.Equal("AKVARIABLE/20261129/eu-west-1/bedrock/aws4_request", AwsWorld.SignedWith(message));
        Assert.Equal("token", message.Headers.GetValues("X-Amz-Security-Token").Single());
        Assert.Equal("20261129T080000Z", message.Headers.GetValues("X-Amz-Date").Single());
        Assert.Empty(_world.Servers.Asked);
    }

    [Theory]
    [InlineData("https://bedrock-runtime.us-gov-west-1.amazonaws.com/model/a/converse", "us-gov-west-1")]
    [InlineData("https://bedrock-runtime-fips.us-east-2.amazonaws.com/model/a/converse", "us-east-2")]
    [InlineData("https://bedrock-runtime.cn-north-1.amazonaws.com.cn/model/a/converse", "cn-north-1")]
    [InlineData("https://vpce-0123-abc.bedrock-runtime.ap-south-1.vpce.amazonaws.com/model/a/converse", "ap-south-1")]
    [InlineData("https://models.example/model/a/converse", "ca-central-1")]
    public async Task The_region_is_that_of_the_address_else_that_of_the_variables(string address, string region)
    {
        _world.Variables["AWS_DEFAULT_REGION"] = "ca-central-1";
        _world.Variables["AWS_ACCESS_KEY_ID"] = "AK";
        _world.Variables["AWS_SECRET_ACCESS_KEY"] = "secret";

        Assert.Equal($"AK/20261129/{region}/bedrock/aws4_request", AwsWorld.SignedWith(await _world.SignAsync(_world.Default(), address)));
    }

    [Fact]
    public async Task A_profile_of_the_shared_files_has_keys()
    {
        _world.Write(".aws/config", "# settings\n[default]\nregion = eu-west-1\ns3 =\n  aws_access_key_id = not this\n[profile other]\naws_access_key_id = AKCONFIG\naws_secret_access_key = a=b\n[stranger]\naws_access_key_id = AKNONE\n");
        _world.Write(".aws/credentials", "[default]\r\naws_access_key_id = AKDEFAULT\r\naws_secret_access_key = secret\r\n; more\r\n[both]\r\naws_access_key_id=AKBOTH\r\naws_secret_access_key=secret\r\naws_session_token=token\r\n");

        Assert.StartsWith("AKDEFAULT/", AwsWorld.SignedWith(await _world.SignAsync(_world.Default())));
        _world.Variables["AWS_PROFILE"] = "other";
        Assert.StartsWith("AKCONFIG/", AwsWorld.SignedWith(await _world.SignAsync(_world.Default())));
        _world.Variables["AWS_PROFILE"] = "both";
        Assert.StartsWith("AKBOTH/", AwsWorld.SignedWith(await _world.SignAsync(_world.Default())));
        _world.Variables["AWS_PROFILE"] = "stranger";
        Assert.Equal("No AWS credentials. There is no profile 'stranger' in the shared files.", (await _world.FailAsync(_world.Default())).Message);
    }

    [Fact]
    public async Task A_profile_can_be_named_by_the_program()
    {
        _world.Variables["AWS_ACCESS_KEY_ID"] = "AKVARIABLE";
        _world.Variables["AWS_SECRET_ACCESS_KEY"] = "secret";
        _world.Write(".aws/credentials", "[work]\naws_access_key_id = AKWORK\naws_secret_access_key = secret\n");

        Assert.StartsWith("AKWORK/", AwsWorld.SignedWith(await _world.SignAsync(AwsCredentials.FromProfile("work").CreateAuthorizer(_world.Context))));
        Assert.Equal(FailureKind.AuthenticationFailed, (await _world.FailAsync(AwsCredentials.FromProfile("play").CreateAuthorizer(_world.Context))).Kind);
    }

    [Fact]
    public async Task Keys_can_be_given_by_the_program()
    {
        Authorizer given = AwsCredentials.FromKeys("AKGIVEN", "secret", "token").CreateAuthorizer(_world.Context);

        HttpRequestMessage message = await _world.SignAsync(given);

        Assert.StartsWith("AKGIVEN/", AwsWorld.SignedWith(message));
        Assert.Equal(["secret", "token"], given.SecretTexts);
        Assert.Throws<ArgumentException>(() => AwsCredentials.FromKeys("AK", "with a space"));
        Assert.Throws<ArgumentException>(() => AwsCredentials.FromKeys("AK\r\nX-Evil: 1", "secret"));
    }

    [Fact]
    public async Task A_role_is_assumed_with_the_keys_of_another_profile()
    {
        _world.Variables["AWS_PROFILE"] = "app";
        _world.Write(".aws/config", "[profile app]\nrole_arn = arn:aws:iam::123456789012:role/app\nsource_profile = base\nexternal_id = x/1\nrole_session_name = me\nduration_seconds = 900\nregion = eu-central-1\n");
        _world.Write(".aws/credentials", "[base]\naws_access_key_id = AKBASE\naws_secret_access_key = secret\n");
        _world.Servers.On("POST https://sts.eu-central-1.amazonaws.com/", StsAnswer);

        HttpRequestMessage message = await _world.SignAsync(_world.Default());

        Assert.StartsWith("AKROLE/", AwsWorld.SignedWith(message));
        Assert.Equal("t0ken==", message.Headers.GetValues("X-Amz-Security-Token").Single());
        Assert.Equal(
            ["POST https://sts.eu-central-1.amazonaws.com/ Version=2011-06-15&Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fapp&RoleSessionName=me&ExternalId=x%2F1&DurationSeconds=900"],
            _world.Servers.Asked);
        Assert.StartsWith("AKBASE/20261129/eu-central-1/sts/aws4_request", AwsWorld.SignedWith(_world.Servers.Requests[0]));
    }

    [Theory]
    [InlineData("source_profile = app", "leads back to itself")]
    [InlineData("source_profile = none", "which is not in the shared files")]
    [InlineData("credential_source = Nowhere", "neither a source_profile nor a credential_source")]
    [InlineData("credential_source = Environment", "no keys to assume it with")]
    [InlineData("source_profile = app\nmfa_serial = arn", "asks for a code")]
    public async Task A_profile_whose_role_cannot_be_assumed_says_why(string setting, string why)
    {
        _world.Variables["AWS_PROFILE"] = "app";
        _world.Write(".aws/config", "[profile app]\nrole_arn = arn:aws:iam::1:role/app\n" + setting + "\n");

        AttemptFailure failure = await _world.FailAsync(_world.Default());

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Contains(why, failure.Message);
    }

    [Fact]
    public async Task A_web_identity_is_exchanged_without_a_signature()
    {
        _world.Variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = _world.Write("token", "eyJ.a+b.c\n");
        _world.Variables["AWS_ROLE_ARN"] = "arn:aws:iam::1:role/pod";
        _world.Variables["AWS_REGION"] = "us-west-2";
        _world.Servers.On("POST https://sts.us-west-2.amazonaws.com/", StsAnswer);

        Assert.StartsWith("AKROLE/", AwsWorld.SignedWith(await _world.SignAsync(_world.Default())));

        Assert.Equal(
            ["POST https://sts.us-west-2.amazonaws.com/ Version=2011-06-15&Action=AssumeRoleWithWebIdentity&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fpod&RoleSessionName=routergen&WebIdentityToken=eyJ.a%2Bb.c"],
            _world.Servers.Asked);
        Assert.False(_world.Servers.Requests[0].Headers.Contains("Authorization"));
    }

    [Theory]
    [InlineData(403, "<Error><Code>ExpiredTokenException</Code><Message>Token expired</Message></Error>", FailureKind.AuthenticationFailed, "STS answered 403 ExpiredTokenException: Token expired")]
    [InlineData(200, "<html>proxy</html>", FailureKind.ConnectionFailed, "STS answered 200 without keys")]
    [InlineData(500, "", FailureKind.ConnectionFailed, "STS answered 500 without keys")]
    public async Task What_STS_refuses_is_told(int status, string body, FailureKind kind, string why)
    {
        _world.Variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = _world.Write("token", "eyJ");
        _world.Variables["AWS_ROLE_ARN"] = "arn";
        _world.Servers.On("POST https://sts.amazonaws.com/", body, (HttpStatusCode)status);

        AttemptFailure failure = await _world.FailAsync(_world.Default());

        Assert.Equal((kind, "No AWS credentials. " + why), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/1", "http://169.254.170.2/v2/credentials/1")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials", "http://169.254.170.23/v1/credentials")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:8080/creds", "http://127.0.0.1:8080/creds")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://[fd00:ec2::23]/v1/credentials", "http://[fd00:ec2::23]/v1/credentials")]
    public async Task A_container_has_keys(string variable, string value, string address)
    {
        _world.Variables[variable] = value;
        _world.Variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = _world.Write("pod-token", "Basic abc\n");
        _world.Servers.On("GET " + address, Json);

        Assert.StartsWith("AKJSON/", AwsWorld.SignedWith(await _world.SignAsync(_world.Default())));
        Assert.Equal("Basic abc", _world.Servers.Requests[0].Headers.GetValues("Authorization").Single());
    }

    [Fact]
    public async Task A_containers_token_goes_to_no_strange_host()
    {
        _world.Variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://elsewhere.example/creds";
        _world.Variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "secret";

        Assert.Contains("must be https", (await _world.FailAsync(_world.Default())).Message);
        Assert.Empty(_world.Servers.Asked);
    }

    [Fact]
    public async Task An_instance_has_keys_by_the_second_version_of_its_metadata()
    {
        _world.Variables.Remove("AWS_EC2_METADATA_DISABLED");
        const string roles = "http://169.254.169.254/latest/meta-data/iam/security-credentials/";
        _world.Servers.On("PUT http://169.254.169.254/latest/api/token", "imds-token").On("GET " + roles, "my-role\n").On("GET " + roles + "my-role", Json);

        Assert.StartsWith("AKJSON/", AwsWorld.SignedWith(await _world.SignAsync(_world.Default())));

        Assert.Equal("21600", _world.Servers.Requests[0].Headers.GetValues("X-aws-ec2-metadata-token-ttl-seconds").Single());
        Assert.Equal(["imds-token", "imds-token"], _world.Servers.Requests.Skip(1).Select(static request => request.Headers.GetValues("X-aws-ec2-metadata-token").Single()));
    }

    [Fact]
    public async Task Where_there_are_none_the_message_says_where_they_could_be()
    {
        _world.Variables.Remove("AWS_EC2_METADATA_DISABLED");

        AttemptFailure failure = await _world.FailAsync(_world.Default());

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Contains("AWS_ACCESS_KEY_ID", failure.Message);
        Assert.Contains("AWS_BEARER_TOKEN_BEDROCK", failure.Message);
    }

    [Fact]
    public async Task An_SSO_session_has_keys_until_it_expires()
    {
        _world.Variables["AWS_PROFILE"] = "dev";
        _world.Write(".aws/config", "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev Role\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n");
        string file = "." + "aws/sso/cache/" + Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData("corp"u8)) + ".json";
        _world.Write(file, $$"""{"accessToken":"sso-token","expiresAt":"{{InOneHour}}"}""");
        _world.Servers.On(
            "GET https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=Dev%20Role&account_id=123456789012",
            $$$"""{"roleCredentials":{"accessKeyId":"AKSSO","secretAccessKey":"secret","sessionToken":"token","expiration":{{{new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()}}}}}""");

        Assert.StartsWith("AKSSO/", AwsWorld.SignedWith(await _world.SignAsync(_world.Default())));
        Assert.Equal("sso-token", _world.Servers.Requests[0].Headers.GetValues("x-amz-sso_bearer_token").Single());

        _world.Time.Advance(TimeSpan.FromHours(2));
        Assert.Contains("run 'aws sso login --profile dev'", (await _world.FailAsync(_world.Default())).Message);
    }

    [Fact]
    public async Task A_program_has_keys()
    {
        if (OperatingSystem.IsWindows()) return;
        _world.Variables["AWS_PROFILE"] = "tool";
        string answer = _world.Write("answer.json", """{"Version":1,"AccessKeyId":"AKTOOL","SecretAccessKey":"secret"}""");
        _world.Write(".aws/config", $"[profile tool]\ncredential_process = cat \"{answer}\"\n");

        Assert.StartsWith("AKTOOL/", AwsWorld.SignedWith(await _world.SignAsync(_world.Default())));

        _world.Variables["AWS_PROFILE"] = "broken";
        _world.Write(".aws/config", "[profile broken]\ncredential_process = exit 3\n");
        Assert.Contains("ended with 3", (await _world.FailAsync(_world.Default())).Message);
    }

    [Fact]
    public async Task Keys_that_no_header_can_carry_are_not_sent()
    {
        _world.Variables["AWS_ACCESS_KEY_ID"] = "AK";
        _world.Variables["AWS_SECRET_ACCESS_KEY"] = "sec\u00e9ret";

        AttemptFailure failure = await _world.FailAsync(_world.Default());

        Assert.Equal("No AWS credentials. A key holds a character that no key has.", failure.Message);
    }
}
