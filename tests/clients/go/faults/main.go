// Makes refunds by the official Go SDK: a line of stdin is one, with where to send it and whether its retries are on.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"log"
	"os"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sdkerror "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

type asked struct {
	Host, SecretId, Id string
	Order              *string
	Retries            bool
}

// refund is a request as the SDK's generated packages declare one.
type refund struct {
	*tchttp.BaseRequest

	ServiceId *string `json:"ServiceId,omitnil,omitempty" name:"ServiceId"`
	OrderId   *string `json:"OrderId,omitnil,omitempty" name:"OrderId"`
}

func short(int) time.Duration { return 10 * time.Millisecond }

func (a asked) make() string {
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme = "HTTP"
	p.HttpProfile.Endpoint = a.Host
	p.HttpProfile.ReqTimeout = 1
	if a.Retries {
		// Their own waits are seconds; they change nothing but the time.
		p.NetworkFailureMaxRetries, p.NetworkFailureRetryDuration = 2, short
		p.RateLimitExceededMaxRetries, p.RateLimitExceededRetryDuration = 2, short
	}
	client := common.NewCommonClient(common.NewCredential(a.SecretId, "test-key"), "ap-guangzhou", p)
	request := &refund{BaseRequest: &tchttp.BaseRequest{}, ServiceId: &a.Id, OrderId: a.Order}
	request.Init().WithApiInfo("iotvideo", "2019-11-26", "RefundStorageService")
	err := client.Send(request, tchttp.NewCommonResponse())
	var known *sdkerror.TencentCloudSDKError
	switch {
	case err == nil:
		return "done"
	case errors.As(err, &known):
		return "failed: " + known.GetCode()
	default:
		return "failed: another error"
	}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var next asked
		if err := json.Unmarshal(lines.Bytes(), &next); err != nil {
			log.Fatal(err)
		}
		began := time.Now()
		told := next.make()
		ms := float64(time.Since(began).Microseconds()) / 1000
		if err := answers.Encode(map[string]any{"told": told, "ms": ms}); err != nil {
			log.Fatal(err)
		}
	}
}
