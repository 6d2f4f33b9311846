// Makes single calls by the official Go SDK: a line of stdin is one, with where to send it, who calls, and what.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"log"
	"net/url"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sdkerror "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

type asked struct {
	Url     string
	Key     struct{ SecretId, SecretKey, Token string }
	Action  string
	Payload json.RawMessage
}

// told is an answer, or an error's code and message.
type told struct {
	Answer  json.RawMessage `json:"answer,omitempty"`
	Code    string          `json:"code,omitempty"`
	Message string          `json:"message,omitempty"`
}

func (a asked) call() (answer told, err error) {
	origin, err := url.Parse(a.Url)
	if err != nil {
		return
	}
	p := profile.NewClientProfile()
	p.HttpProfile.Scheme = "HTTP"
	p.HttpProfile.Endpoint = origin.Host
	credential := common.NewTokenCredential(a.Key.SecretId, a.Key.SecretKey, a.Key.Token)
	client := common.NewCommonClient(credential, "ap-guangzhou", p)
	request := tchttp.NewCommonRequest("iotvideo", "2019-11-26", a.Action)
	if err = request.SetActionParameters([]byte(a.Payload)); err != nil {
		return
	}
	response := tchttp.NewCommonResponse()
	err = client.Send(request, response)
	var known *sdkerror.TencentCloudSDKError
	if errors.As(err, &known) {
		return told{Code: known.GetCode(), Message: known.GetMessage()}, nil
	}
	if err != nil {
		return
	}
	var envelope struct{ Response json.RawMessage }
	err = json.Unmarshal(response.GetBody(), &envelope)
	return told{Answer: envelope.Response}, err
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var next asked
		var answer told
		if err = json.Unmarshal(line, &next); err == nil {
			answer, err = next.call()
		}
		if err == nil {
			err = answers.Encode(answer)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}
